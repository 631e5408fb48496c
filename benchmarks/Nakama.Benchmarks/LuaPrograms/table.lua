for r = 1, 20 do
local t = {}
for i = 1, 500000 do t[i] = i end
local s = 0
for i = 1, #t do s = s + t[i] end
for k, v in ipairs(t) do s = s + v end
for k, v in pairs(t) do s = s + v end
end
