using System.Security.Cryptography;

namespace Nakama.Server.Leaderboards.Ranks;

/// <summary>
/// Finds the record of an owner. Record numbers are kept in small tables with open addressing; a full table is split by one
/// more bit of the hash, so growing never moves more than one table.
/// </summary>
internal sealed class OwnerIndex(RankEntries entries)
{
    private const int FirstLength = 8;
    private const int MaxLength = 1024;

    // Ids come from clients and modules; without a secret seed, colliding ids could be chosen deliberately.
    private static readonly ulong Seed = BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    // A table is stored at every index whose leading bits match its own.
    private Table[] _tables = [new(0, FirstLength)];
    private int _bits;

    /// <summary>Returns the record's number, or -1.</summary>
    public int Find(in RankKey owner)
    {
        var hash = owner.OwnerHash(Seed);
        var slots = TableOf(hash).Slots;
        for (var i = Home(hash, slots); ; i = (i + 1) & (slots.Length - 1))
        {
            if (slots[i] == 0) return -1;
            if (entries.KeyOf(slots[i] - 1).HasOwnerOf(owner)) return slots[i] - 1;
        }
    }

    /// <summary>Adds a record of an owner that has none yet.</summary>
    public void Add(int number)
    {
        var hash = entries.KeyOf(number).OwnerHash(Seed);
        var table = TableOf(hash);
        while (table.Count >= table.Slots.Length * 4 / 5)
        {
            if (table.Slots.Length < MaxLength) Enlarge(table);
            else Split(table, hash);
            table = TableOf(hash);
        }

        Place(table, hash, number);
    }

    public void Remove(int number)
    {
        var hash = entries.KeyOf(number).OwnerHash(Seed);
        var table = TableOf(hash);
        var slots = table.Slots;
        var mask = slots.Length - 1;
        var hole = Home(hash, slots);
        while (slots[hole] != number + 1) hole = (hole + 1) & mask;
        table.Count--;

        // Following entries move up, unless that would place them before their home slot.
        for (var i = (hole + 1) & mask; slots[i] != 0; i = (i + 1) & mask)
        {
            var home = Home(entries.KeyOf(slots[i] - 1).OwnerHash(Seed), slots);
            if (((i - home) & mask) < ((i - hole) & mask)) continue;
            slots[hole] = slots[i];
            hole = i;
        }

        slots[hole] = 0;
    }

    private static int Home(ulong hash, int[] slots) => (int)hash & (slots.Length - 1);

    private static void Place(Table table, ulong hash, int number)
    {
        var slots = table.Slots;
        var i = Home(hash, slots);
        while (slots[i] != 0) i = (i + 1) & (slots.Length - 1);
        slots[i] = number + 1;
        table.Count++;
    }

    private Table TableOf(ulong hash) => _tables[_bits == 0 ? 0 : (int)(hash >> (64 - _bits))];

    private void Enlarge(Table table)
    {
        var old = table.Slots;
        table.Slots = new int[old.Length * 2];
        table.Count = 0;
        foreach (var slot in old)
        {
            if (slot != 0) Place(table, entries.KeyOf(slot - 1).OwnerHash(Seed), slot - 1);
        }
    }

    private void Split(Table table, ulong hash)
    {
        if (table.Bits == _bits)
        {
            var wider = new Table[_tables.Length * 2];
            for (var i = 0; i < wider.Length; i++) wider[i] = _tables[i >> 1];
            _tables = wider;
            _bits++;
        }

        var (low, high) = (new Table(table.Bits + 1, MaxLength), new Table(table.Bits + 1, MaxLength));
        foreach (var slot in table.Slots)
        {
            if (slot == 0) continue;
            var own = entries.KeyOf(slot - 1).OwnerHash(Seed);
            Place((own >> (63 - table.Bits) & 1) == 0 ? low : high, own, slot - 1);
        }

        // The indexes of the old table are contiguous; in the first half the next bit is clear.
        var length = 1 << (_bits - table.Bits);
        var first = (int)(hash >> (64 - _bits)) & -length;
        _tables.AsSpan(first, length / 2).Fill(low);
        _tables.AsSpan(first + length / 2, length / 2).Fill(high);
    }

    private sealed class Table(int bits, int length)
    {
        public readonly int Bits = bits;
        public int[] Slots = new int[length];
        public int Count;
    }
}
