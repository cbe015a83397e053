"""What a person gives: values of options, answers to questions."""
