part-missing-here = تعذّر تحميل هذا الجزء
part-missing-hint = كل ما عدا ذلك يعمل كما كان.
