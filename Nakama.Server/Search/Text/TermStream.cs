using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;

namespace Nakama.Server.Search.Text;

/// <summary>Passes terms that are made already to an index.</summary>
internal sealed class TermStream : TokenStream
{
    private readonly ICharTermAttribute _term;
    private IReadOnlyList<string> _terms = [];
    private int _at;

    public TermStream() => _term = AddAttribute<ICharTermAttribute>();

    public void Use(IReadOnlyList<string> terms) => _terms = terms;

    public override void Reset() => _at = 0;

    public override bool IncrementToken()
    {
        ClearAttributes();
        if (_at == _terms.Count) return false;
        _term.Append(_terms[_at++]);
        return true;
    }
}
