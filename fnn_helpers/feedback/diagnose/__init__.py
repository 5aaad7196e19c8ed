"""From a wrong value to the id of a mistake: no words here, only numbers."""
