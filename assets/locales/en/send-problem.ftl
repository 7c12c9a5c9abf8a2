part-too-long = { $most ->
    [one] { $part } has at most { $most } character.
   *[other] { $part } has at most { $most } characters.
}
part-missing = { $part } is missing.
parts-count = { $parts }: at least 1 and at most { $most }.
parts-twice = Two { $parts } are the same.
variable-missing = The variable { $name } is not filled in.
variable-space = The variable { $name } has line breaks, tabs or more than four spaces in a row.
