"""Reading the log's sentences: vocabulary, quoting, blame, tokens, similarity, references."""
