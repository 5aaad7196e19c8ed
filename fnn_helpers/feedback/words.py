"""The sentences of general findings: id → what is said, and the question of the second hint.

Words that belong to one wrong formula stand beside it, in `tasks`.
"""

_SHAPE = "Print .shape after each step: which one changes it?"
_ROWS = "How many numbers does your range give, and which rows do they choose?"
_WRITTEN = "Which numbers in it are neither arguments nor sizes?"
_NAMES = "Which names in it are neither arguments nor made inside?"
_SMALL = "Look for small numbers that are written into the code."

PATTERN_WORDS: dict[str, tuple[str, str]] = {
    # what the numbers are
    "not-a-number": (
        "{it} {holds} NaN or infinity: look for a logarithm of 0, a division by 0 or an overflow "
        "on the way.",
        "Go back from it: which quantity is the first to hold NaN or infinity?"),
    "zeros": (
        "{it} {is} zero everywhere. A stub that returns zeros is no answer yet; and if it is "
        "computed, a factor in it is 0, or it is a difference of equal things: are parentheses "
        "missing?", "Print each of the factors in it."),
    "constant": ("{it} {is} {value:.4g} whatever goes in.", "Which argument have you not used?"),
    "not-precise": (
        "{it} {is} nearly right, but not to all digits: off by {off:.0e}. Such a difference comes "
        "from an epsilon or a clamp that is too large, from a constant typed with few digits, from "
        "rounding, or from half precision.", _SMALL),
    "rounded": ("{it} {is} rounded: only {decimals} decimals are left.",
                "Is a rounded number used where an exact one is needed?"),
    "half-precision": ("{it} {has} only the three digits of half precision.",
                       "Which dtype do the numbers have on the way?"),
    "clipped": ("{it} {is} right between {low:.4g} and {high:.4g}, and cut off there.",
                "Which values should it be able to reach?"),
    "epsilon": ("{it} {is} right except for an epsilon of {size:.1g}, which is so large that it "
                "shows.", _SMALL),
    "inner-shift": ("This is σ(z + {size:.4g}): something is added to z.",
                    "What should the value at z = 0 be?"),
    "few-digits": ("{it} {is} right except for a constant typed with few digits, or with "
                   "a factor near 1 that does not belong there.",
                   "The library knows every constant with all its digits."),
    # shape
    "flat": (
        "The numbers of {it} are right, but its shape is {came} where {expected} is expected: it "
        "was flattened. Later lines would broadcast it. A column keeps its second axis.", _SHAPE),
    "transposed": ("It is transposed: its shape is {came} where {expected} is expected.",
                   "Look for a .T, or for a product in the other order."),
    "not-one-number": (
        "It returns a table of shape {came}; the mean over the flowers, one number, is asked for.",
        "Each flower has a cost; what makes one of them?"),
    "not-one-number@losses": (
        "A table {what} is recorded as the loss. One number an epoch is asked for.",
        "Each flower has a cost; what makes one of them?"),
    "wrong-number-of-losses": ("It returns {count} for {epochs} epochs.",
                               "One loss an epoch, recorded before its update."),
    # which rows, units, entries
    "first-row-only": ("This is the first row only: its shape is {came} where {expected} is "
                       "expected.", "Where do the other rows go, and where does return stand?"),
    "last-row-only": ("This is the last row only: its shape is {came} where {expected} is "
                      "expected.", "Where do the other rows go, and where does return stand?"),
    "last-sample-only": ("Only the last flower counts: a loop that overwrites, or that returns "
                         "too late.", "What happens to the value that was there before?"),
    "first-sample-only": ("Only the first flower counts.",
                          "Where does return stand: inside the loop or after it?"),
    "one-sample-only": ("One and the same flower is used for all: an index in it is constant.",
                        "Which index should change from round to round?"),
    "sample-missing": ("One flower is left out: a loop that ends too early or begins too late.",
                       _ROWS),
    "every-other-sample": ("Only every other flower counts.", _ROWS),
    "zeros-forgotten": ("Flowers with label 0 do not count in it.", "Look at the rows with y = 0."),
    "ones-forgotten": ("Flowers with label 1 do not count in it.", "Look at the rows with y = 1."),
    "last-unit-only": ("Only the last unit counts.", _ROWS),
    "first-unit-only": ("Only the first unit counts.", _ROWS),
    "one-unit-only": ("One and the same unit is used for all: an index in it is constant.",
                      "Which index should change from round to round?"),
    "unit-missing": ("One unit is left out: a loop that ends too early or begins too late.", _ROWS),
    "every-other-unit": ("Only every other unit counts.", _ROWS),
    "right-for-ones-only": ("It is right just where the label is 1.",
                            "Look at the rows with y = 0: what is different there?"),
    "right-for-zeros-only": ("It is right just where the label is 0.",
                             "Look at the rows with y = 1: what is different there?"),
    "right-for-positive-z": ("It is right just where z is positive.",
                             "Compute one entry with a negative z by hand."),
    "right-for-negative-z": ("It is right just where z is negative.",
                             "Compute one entry with a positive z by hand."),
    "right-for-first-row-only": ("It is right just in the first row.", _ROWS),
    "right-for-last-row-only": ("It is right just in the last row.", _ROWS),
    "right-but-for-first-row": ("It is right in all rows but the first.", _ROWS),
    "right-but-for-last-row": ("It is right in all rows but the last.", _ROWS),
    "right-for-every-other-row": ("It is right in every other row.", _ROWS),
    "right-for-positive-entries": ("It is right just where the entry is positive.",
                                   "Compute one negative entry by hand."),
    # along an axis
    "averaged-over-rows": ("The rows were averaged: each row has a value of its own.", _SHAPE),
    "averaged-over-columns": ("The columns were averaged: each has a value of its own.", _SHAPE),
    "summed-over-rows": ("The rows were added up: each row has a value of its own.", _SHAPE),
    "summed-over-columns": ("The columns were added up: each has a value of its own.", _SHAPE),
    "collapsed": ("Everything was added up or averaged into one number: its shape is {came} where "
                  "{expected} is expected.",
                  "Print .shape after each step: which one loses the axes?"),
    "running-sum": ("Each row holds the sum of the rows so far.",
                    "What should be set back to 0 for each row?"),
    # order
    "reshaped": ("The right numbers stand in wrong places: .reshape keeps the order in which they "
                 "lie in memory, and is no transpose.",
                 "Which line changes a shape until it fits?"),
    "reversed": ("The right numbers stand in reverse order.", "In which order does your loop run?"),
    "shifted": ("The right rows stand one place further.",
                "At which number does your range begin?"),
    "sorted": ("The numbers were sorted: each belongs to its own flower.",
               "Which line changes the order?"),
    "another-order": ("The right numbers are all there, in another order.",
                      "Which line changes the order: a reshape, a sort, a loop?"),
    # what stands where
    "wrong-quantity": ("{other} stands where {place} should.",
                       "Go through the formula name by name: which one does not belong?"),
    "elementwise-for-matmul": ("The numbers are multiplied entry by entry, with *, where a matrix "
                               "product, @, should add up over the axis that they share.",
                               "Over which axis must be added up here?"),
    "something-multiplied": ("It is multiplied by {other}, which does not belong there.",
                             "Divide yours by the right formula, on paper: which factor is left?"),
    "something-divided": ("It is divided by {other}, which does not belong there.",
                          "Multiply by each factor of the chain once: which is where?"),
    "w2-updated-first": ("It was made with a w2 that had already been updated.",
                         "First all gradients, then all updates."),
    "something-added": ("{multiple:.3g} times {other} is added to it.",
                        "Which term of yours is not in the formula?"),
    # factors
    "factor": ("{it} {is} {factor:.4g} times what it should be, for all sizes.", _WRITTEN),
    "rate-in-gradient": ("{it} {is} {factor:.4g} times what it should be, for all sizes. Is it a "
                         "learning rate? That belongs to the step, not to the gradient.",
                         "A gradient is a slope: it does not know how far you will go."),
    "multiple-of-the-sum": ("{it} {is} {factor:.4g} times the sum over the flowers, whatever their "
                            "number is; their mean is asked for. Is it a learning rate, or a size "
                            "written in?", "The mean divides by the number of samples, once."),
    "wrong-divisor": ("{it} {is} {factor:.4g} times what it should be here, and another multiple "
                      "for other sizes: it is divided by the wrong number.",
                      "The mean divides by the number of samples, once."),
    "rate-fixed": ("The step is {factor:.4g} times the gradient, whatever the learning rate is.",
                   "Which argument have you not used?"),
    "rate-wrong": ("{how}", "The step has two factors: the learning rate and the gradient."),
    # how it behaves
    "one-shape-only": ("{it} {is} right for one set of sizes and wrong for another: a size or a "
                       "number is written into the code. Take sizes from .shape.", _WRITTEN),
    "wrong-order": ("All quantities are right, but returned in another order. Expected: {order}.",
                    "Look at the line with return: which name is in which place?"),
    "wrong-number-of-results": ("It returns {came}, but {expected}.{alone}",
                                "Which names stand behind return?"),
    "no-number": ("{it} is {came}, but a plain tensor is expected{shape}.", ""),
    "not-repeatable": ("Called twice with the same arguments, it gives two answers. Something in "
                       "it is random, or is remembered from call to call, such as a list that was "
                       "made outside the function.", _NAMES),
    "ignores-its-arguments": ("For other numbers of the same sizes it gives the same answer. Does "
                              "it use {argument} from the notebook instead of its argument, or "
                              "remember an earlier answer?", _NAMES),
    "ignores-an-argument": ("Its answer does not depend on {argument} at all.",
                            "Where in the function is {argument} used?"),
    "losses-averaged": ("Each loss is the mean of all losses so far.",
                        "What does one epoch's loss know of the others?"),
    "losses-accumulate": ("Each loss is the sum of all losses so far: the total is not set back to "
                          "0 between epochs.", "Which lines must stand inside the loop?"),
    "fresh-weights": ("It does not begin with the weights it is given, but with others of its own.",
                      "Where do the first weights come from?"),
    "changes-its-input": ("It changes {argument} itself, which the caller still needs. Compute a "
                          "new tensor, or begin with a copy of it, .clone().",
                          "x -= y and methods that end in an underscore change their tensor; "
                          "x = x - y makes a new one."),
    "uses-autograd": ("Autograd computed this. It is right to trust it as a referee; here the "
                      "point is to derive the gradient by hand. Write it with the chain rule, then "
                      "compare.", ""),
    "endless": ("It was stopped after {limit:g} seconds; a right answer takes far less. Does a "
                "loop in it never end?", "Print the loop's counter: does it come nearer to its "
                "end?"),
    "not-callable": ("{check} was given an object of type {kind}, but a function is expected: its "
                     "name without parentheses.",
                     "With parentheses behind its name it is what the function returns."),
    # training
    "uphill": ("The weights climb: {what} (or ŷ − y) has the wrong sign.",
               "The loss rises from the first step."),
    "normalised": ("The gradient is scaled to length one first.",
                   "A steeper slope asks for a longer step."),
    "later-epochs": ("The first update is right, the later ones are not.",
                     "What does the second epoch use that should have been computed anew, and what "
                     "has changed that should not?"),
}  # fmt: skip

FALLBACK_HINTS = {
    "raised": "Print the names in the line that stops, and their shapes, just before it.",
    "place": "Print {where} and its shape just after the line that makes it.",
    "whole": "Print what it returns just before the return.",
}

# For a stream that cannot show these.
PLAIN_SIGNS = {
    "✓": "OK", "✗": "X", "…": "...", "ŷ": "y_hat", "∂": "d", "σ": "sigmoid", "−": "-", "×": "x",
    "·": "*", "½": "1/2", "²": "^2", "ᵀ": ".T", "⁻": "^-", "ᶻ": "^z", "ε": "epsilon", "′": "'",
    "₁": "1", "₂": "2", "±": "+-", "→": "->", "≥": ">=", "∞": "infinity", "ᵏ": "^k",
}  # fmt: skip
