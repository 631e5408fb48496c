local bodies = {}
for i = 1, 5 do bodies[i] = {x = i, y = i * 2, z = i * 3, vx = 0, vy = 0, vz = 0, mass = i} end
local function advance(bodies, nbody, dt)
  for i = 1, nbody do
    local bi = bodies[i]
    local bix, biy, biz, bimass = bi.x, bi.y, bi.z, bi.mass
    local bivx, bivy, bivz = bi.vx, bi.vy, bi.vz
    for j = i + 1, nbody do
      local bj = bodies[j]
      local dx, dy, dz = bix - bj.x, biy - bj.y, biz - bj.z
      local dist2 = dx * dx + dy * dy + dz * dz
      local mag = math.sqrt(dist2)
      mag = dt / (mag * dist2)
      local bm = bj.mass * mag
      bivx = bivx - (dx * bm) bivy = bivy - (dy * bm) bivz = bivz - (dz * bm)
      bm = bimass * mag
      bj.vx = bj.vx + (dx * bm) bj.vy = bj.vy + (dy * bm) bj.vz = bj.vz + (dz * bm)
    end
    bi.vx = bivx bi.vy = bivy bi.vz = bivz
    bi.x = bix + dt * bivx bi.y = biy + dt * bivy bi.z = biz + dt * bivz
  end
end
for i = 1, 300000 do advance(bodies, 5, 0.01) end
