"""A billing with Polish tables: text keys, local times, `winien` and `ma`."""
