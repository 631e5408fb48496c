namespace Nakama.Server.Scheduling;

/// <summary>How an entry of a field is written.</summary>
internal enum CronEntryKind
{
    /// <summary>Not in any of the forms that all fields share.</summary>
    Other,

    /// <summary>A single value or a range, with or without steps.</summary>
    Span,

    /// <summary>A star or question mark.</summary>
    All,
}

/// <summary>One of the entries between the commas of a field.</summary>
internal readonly record struct CronEntry(CronEntryKind Kind, string Text, int First = 0, int Last = 0, int Step = 1)
{
    /// <summary>
    /// Reads the entries of a field; returns false when there are none, a step is out of range, or a range is reversed and
    /// would never match.
    /// </summary>
    public static bool TryReadAll(string text, CronField field, out List<CronEntry> entries)
    {
        entries = [];
        foreach (var part in text.ToLowerInvariant().Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryRead(part, field, out var entry) || entry.First > entry.Last) return false;
            entries.Add(entry);
        }

        return entries.Count > 0;
    }

    /// <summary>Adds the values of a span to a set.</summary>
    public void AddTo(ref ulong set)
    {
        for (var value = First; value <= Last; value += Step) set |= 1UL << value;
    }

    private static bool TryRead(string text, CronField field, out CronEntry entry)
    {
        entry = new(CronEntryKind.Other, text);
        if (text is "*" or "?")
        {
            entry = new(CronEntryKind.All, text, field.Min, field.Max);
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? text : text[..slash];
        int first, last;
        if (range == "*")
        {
            (first, last) = (field.Min, field.Max);
        }
        else if (field.TryValue(range, out first))
        {
            last = slash < 0 ? first : field.Max;
        }
        else
        {
            var dash = range.IndexOf('-', StringComparison.Ordinal);
            if (dash < 0 || !field.TryValue(range.AsSpan(0, dash), out first) || !field.TryValue(range.AsSpan(dash + 1), out last)) return true;
        }

        var step = 1;
        if (slash >= 0)
        {
            var steps = text.AsSpan(slash + 1);
            if (steps.IsEmpty || steps.ContainsAnyExceptInRange('0', '9')) return true;
            if (!field.TryStep(steps, out step)) return false;
        }

        entry = new(CronEntryKind.Span, text, first, last, step);
        return true;
    }
}
