local s = 0
for i = 1, 50000000 do s = s + i % 7 * 2 end
local i = 0
while i < 20000000 do i = i + 1 if i == 5 then s = s - 1 end end
