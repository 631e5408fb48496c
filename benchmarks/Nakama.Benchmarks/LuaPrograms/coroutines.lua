local co = coroutine.wrap(function() while true do coroutine.yield(1) end end)
local s = 0
for i = 1, 3000000 do s = s + co() end
