### The page that the browser is left with when Meta's dialog is over.

signup-return-nothing = لا شيء هنا
signup-return-nothing-why = هذا العنوان مخصّص لصفحة Meta عند انتهاء التسجيل فقط.
signup-return-to-app = العودة إلى Twinbox
signup-return-to-app-why = يستمر التسجيل هناك.
signup-return-open = فتح Twinbox
signup-return-done = تم
signup-return-done-why = عُد إلى Twinbox: يستمر التسجيل هناك.
signup-return-failed = لم ينجح ذلك
signup-return-stopped = تم إيقاف التسجيل. عُد إلى Twinbox للبدء من جديد.
signup-return-too-long = استغرق ذلك وقتًا طويلًا. ابدأ من جديد في Twinbox.
signup-return-unreachable = لا يمكن الوصول إلى Meta الآن. تابع في Twinbox.
signup-return-see-twinbox = عُد إلى Twinbox: فيه السبب وما يجب فعله.
signup-return-unknown = عُد إلى Twinbox لمعرفة حال التسجيل.
