"""Time of a slider's tick, from its new value to the new picture: python tests/bench_explore.py"""

import sys
import time
from statistics import median

import torch

from fnn_helpers import FNN, explore, load_iris_pair
from fnn_helpers.explorable import Explorable

MILLISECONDS = 100
flowers = load_iris_pair()
small = FNN(2, 3, 1, generator=torch.Generator().manual_seed(5))
EXPLORABLES = {
    "sigmoid_and_tangent": explore.sigmoid_and_tangent,
    "hidden_unit": explore.hidden_unit,
    "backward_pass": lambda: explore.backward_pass(small, flowers.X, flowers.y),
    "learning_rate": explore.learning_rate,
    "published_epochs": explore.published_epochs,
}


def ticks(explorable: Explorable, rounds: int = 30) -> list[float]:
    """Milliseconds of each tick, over all sliders."""
    times = []
    for slider in explorable.sliders.values():
        if hasattr(slider, "options"):
            values = [value for _, value in slider.options]
        else:
            reach = slider.max - slider.min
            values = [slider.min + type(slider.min)(reach * i / rounds) for i in range(rounds)]
        for value in values:
            begin = time.perf_counter()
            slider.value = value
            times.append(1000 * (time.perf_counter() - begin))
    return times


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(
        f"{'explorable':24s}{'median':>8s}{'longest':>9s}   wanted: median under {MILLISECONDS} ms"
    )
    missed = False
    for name, make in EXPLORABLES.items():
        explorable = make()
        explorable.prepare()
        times = ticks(explorable)
        kept = median(times) < MILLISECONDS
        missed |= not kept
        print(f"{name:24s}{median(times):8.0f}{max(times):9.0f}   {'' if kept else 'MISSED'}")
    sys.exit(missed)
