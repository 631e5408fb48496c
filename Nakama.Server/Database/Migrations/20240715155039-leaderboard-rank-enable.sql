-- up
ALTER TABLE leaderboard ADD COLUMN IF NOT EXISTS enable_ranks BOOLEAN DEFAULT TRUE;

-- down
ALTER TABLE leaderboard DROP COLUMN IF EXISTS enable_ranks;
