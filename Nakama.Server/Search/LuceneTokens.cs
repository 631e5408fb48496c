using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Util;

namespace Nakama.Server.Search;

/// <summary>Enumerates the values of one document after another as terms.</summary>
internal sealed class LuceneTokens : TokenStream
{
    private static readonly int[] Shifts = [.. LuceneTerms.Shifts()];

    private readonly ICharTermAttribute _term;
    private readonly BytesRef _number = new(NumericUtils.BUF_SIZE_INT64);
    private IReadOnlyList<SearchValue> _values = [];
    private IReadOnlyCollection<string> _many = [];
    private IEnumerator<string>? _nextMany;
    private int _at;
    private int _shift;

    public LuceneTokens() => _term = AddAttribute<ICharTermAttribute>();

    /// <param name="values">The values, in fields whose names have no separator.</param>
    /// <param name="many">The fields with more than one value.</param>
    public void Use(IReadOnlyList<SearchValue> values, IReadOnlyCollection<string> many) => (_values, _many) = (values, many);

    public override void Reset()
    {
        (_at, _shift) = (0, 0);
        _nextMany = _many.GetEnumerator();
    }

    public override bool IncrementToken()
    {
        ClearAttributes();
        if (_at == _values.Count)
        {
            if (!_nextMany!.MoveNext()) return false;
            Begin(_nextMany.Current, LuceneTerms.Many);
            return true;
        }

        var (field, text, number) = _values[_at];
        if (text is not null)
        {
            Begin(field, LuceneTerms.Text).Append(text);
            _at++;
            return true;
        }

        Begin(field, LuceneTerms.Number);
        LuceneTerms.WriteNumber(number, Shifts[_shift], _number);
        // Each byte has seven bits, so it equals its character.
        foreach (var b in LuceneTerms.BytesOf(_number)) _term.Append((char)b);
        _shift = (_shift + 1) % Shifts.Length;
        if (_shift == 0) _at++;
        return true;
    }

    private ICharTermAttribute Begin(string field, char kind) => _term.Append(field).Append(LuceneTerms.Separator).Append(kind);
}
