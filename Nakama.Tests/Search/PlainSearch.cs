using System.Globalization;

namespace Nakama.Tests.Search;

/// <summary>What the query language means, said as plainly as possible: every document is looked at, value by value.</summary>
internal static class PlainSearch
{
    /// <summary>The score of a document, or null when it is no hit.</summary>
    /// <param name="clauses">The query.</param>
    /// <param name="values">The values of each field: a <see cref="string"/>, a <see cref="double"/>, or a <see cref="DateTime"/>.</param>
    public static double? Score(IReadOnlyList<PlainClause> clauses, ILookup<string, object> values)
    {
        var must = clauses.Where(clause => clause.Sign == '+').Select(clause => Score(clause, values)).ToArray();
        var should = clauses.Where(clause => clause.Sign == ' ').Select(clause => Score(clause, values)).ToArray();
        var mustNot = clauses.Where(clause => clause.Sign == '-').Select(clause => Score(clause, values));
        if (must.Contains(null) || mustNot.Any(score => score is not null)) return null;
        if (must.Length == 0 && should.Length > 0 && should.All(score => score is null)) return null;
        return must.Length + should.Length == 0 ? 1 : must.Concat(should).Sum(score => score ?? 0);
    }

    private static double? Score(PlainClause clause, ILookup<string, object> values)
    {
        var here = values[clause.Field].ToArray();
        var texts = here.OfType<string>().Distinct().ToArray();
        var numbers = here.OfType<double>().ToArray();
        var dates = here.OfType<DateTime>().ToArray();
        var parts = clause.Kind switch
        {
            "term" => texts.Where(text => text == clause.Text).Select(_ => clause.Boost * clause.Boost),
            "number" => (numbers.Contains(clause.Number) ? [clause.Boost] : Array.Empty<double>())
                .Concat(texts.Contains(clause.Number.ToString(CultureInfo.InvariantCulture)) ? [clause.Boost] : []),
            // To a number every date is a little more than nothing, and to a date every number is before or after all dates.
            "range" => numbers.Select(number => number.CompareTo(clause.Number)).Concat(dates.Select(_ => clause.Number > 0 ? -1 : 1))
                .Where(comparison => IsWithin(comparison, clause.Text)).Select(_ => clause.Boost),
            "date" => dates.Select(date => date.CompareTo(clause.Date)).Concat(numbers.Select(number => number > 0 ? 1 : -1))
                .Where(comparison => IsWithin(comparison, clause.Text)).Select(_ => 1.0),
            "wildcard" => texts.Where(text => Fits(clause.Text, text)).Select(_ => clause.Boost)
                .Concat(clause.Text.All(c => c == '*') ? here.Where(value => value is not string).Select(_ => 16 * clause.Boost) : []),
            "fuzzy" => texts.Select(text => (text, distance: Distance(clause.Text, text))).Where(pair => pair.distance <= clause.Number)
                .Select(pair => clause.Boost * clause.Boost * (pair.distance == 0 ? 1 : 1 - (pair.distance / (double)Math.Min(pair.text.Length, clause.Text.Length)))),
            _ => [],
        };
        var counted = parts.ToArray();
        return counted.Length == 0 ? null : counted.Sum();
    }

    private static bool IsWithin(int comparison, string sign) => sign switch
    {
        ">" => comparison > 0,
        ">=" => comparison >= 0,
        "<" => comparison < 0,
        _ => comparison <= 0,
    };

    private static bool Fits(string pattern, string text)
    {
        if (pattern.Length == 0) return text.Length == 0;
        if (pattern[0] == '*') return Fits(pattern[1..], text) || (text.Length > 0 && text[0] != '\n' && Fits(pattern, text[1..]));
        return text.Length > 0 && ((pattern[0] == '?' && text[0] != '\n') || pattern[0] == text[0]) && Fits(pattern[1..], text[1..]);
    }

    private static int Distance(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return a.Length + b.Length;
        var best = Math.Min(Math.Min(Distance(a[1..], b), Distance(a, b[1..])) + 1, Distance(a[1..], b[1..]) + (a[0] == b[0] ? 0 : 1));
        return a.Length > 1 && b.Length > 1 && a[0] == b[1] && a[1] == b[0] ? Math.Min(best, Distance(a[2..], b[2..]) + 1) : best;
    }
}

/// <summary>A clause before it is written down.</summary>
/// <param name="Sign">Plus, minus, or a space.</param>
internal sealed record PlainClause(char Sign, string Field, string Kind, string Text, double Number, DateTime Date, double Boost)
{
    public override string ToString()
    {
        var number = Number.ToString(CultureInfo.InvariantCulture);
        var body = Kind switch
        {
            "number" => number,
            "range" => Text + number,
            "date" => $"{Text}\"{Date:yyyy-MM-ddTHH:mm:ss}Z\"",
            "fuzzy" => $"{Text}~{number}",
            "phrase" => $"\"{Text}\"",
            _ => Text,
        };
        // A tilde takes what follows up to the next space with it.
        var boost = Boost == 1 ? "" : (Kind == "fuzzy" ? " ^" : "^") + Boost.ToString(CultureInfo.InvariantCulture);
        return $"{(Sign == ' ' ? "" : Sign)}{Field}:{body}{boost}";
    }
}
