"""A lesson as a page: question, predictions, then the result beside them."""
