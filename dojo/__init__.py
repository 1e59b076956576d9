"""The engine of kata: reads the cards, judges answers, explains what is wrong."""
