part-too-long = { $most ->
    [one] { $part }: حرف واحد على الأكثر.
    [two] { $part }: حرفان على الأكثر.
    [few] { $part }: { $most } أحرف على الأكثر.
    [many] { $part }: { $most } حرفًا على الأكثر.
   *[other] { $part }: { $most } حرف على الأكثر.
}
part-missing = ينقص: { $part }.
parts-count = { $parts }: 1 على الأقل و{ $most } على الأكثر.
parts-twice = يوجد تكرار في: { $parts }.
variable-missing = لم يُملأ المتغير { $name }.
variable-space = في المتغير { $name } فواصل أسطر أو علامات جدولة أو أكثر من أربع مسافات متتالية.
