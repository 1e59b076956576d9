"""Why an answer is wrong: known mistakes by replay first, numeric relations second."""
