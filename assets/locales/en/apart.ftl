part-missing-here = This part could not be loaded
part-missing-hint = Everything else works as before.
