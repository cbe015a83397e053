"""The store as a whole: export, import, corrections of identity, erasing, backup."""
