local function counter() local c = 0 return function() c = c + 1 return c end end
local s = 0
for i = 1, 1000000 do local f = counter() f() s = s + f() end
local f = counter()
for i = 1, 20000000 do f() end
