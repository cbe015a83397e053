"""What pages of the archive may not show: hidden names, sentences that blame."""
