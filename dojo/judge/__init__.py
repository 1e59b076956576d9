"""One answer judged: the suite carried out, its failures explained, a verdict."""
