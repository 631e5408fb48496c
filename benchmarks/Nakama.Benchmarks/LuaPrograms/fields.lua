local t = {x = 1, y = 2, z = 3, name = "abc", other = 5, sixth = 6, seven = 7, eight = 8, nine = 9, ten = 10}
local s = 0
for i = 1, 10000000 do t.x = t.x + t.y s = s + t.z + t.ten end
local u = {}
for r = 1, 20 do
for i = 1, 1000 do u["k" .. i] = i end
for i = 1, 1000 do s = s + u["k" .. i] end
end
for i = 1, 1000000 do local p = {a = i, b = 2} s = s + p.a end
