local floor, max = math.floor, math.max
local s = 0
for i = 1, 10000000 do s = s + floor(i / 2) + max(i, 5) + math.abs(-i) end
for i = 1, 3000000 do s = s + select("#", i, i, i) end
