using Lucene.Net.Documents;
using Lucene.Net.Index;

namespace Nakama.Server.Search.Text;

/// <summary>Creates the Lucene form of rows. Not thread-safe; each document must be consumed before the next one is created.</summary>
internal sealed class TextDocuments : IDisposable
{
    /// <summary>Kind and id, stored too.</summary>
    public const string IdField = "id";

    public const string KindField = "kind";

    public const string OwnerField = "owner";

    /// <summary>The time of the row, stored only.</summary>
    public const string TimeField = "time";

    /// <summary>Whole names and ids.</summary>
    public const string WholeField = "whole";

    /// <summary>The words of the names.</summary>
    public const string NameField = "name";

    /// <summary>The parts of the name that is found by any of them.</summary>
    public const string PartField = "part";

    /// <summary>The words of the body.</summary>
    public const string BodyField = "body";

    private const char Separator = '\0';
    private const int MaxTexts = 32;
    private const int MaxNameTerms = 128;
    private const int MaxBodyTerms = 1024;

    private static readonly FieldType Words = new FieldType
    {
        IsIndexed = true,
        IsTokenized = true,
        OmitNorms = true,
        IndexOptions = IndexOptions.DOCS_ONLY,
    }.Freeze();

    private readonly TermStream _nameStream = new();
    private readonly TermStream _bodyStream = new();
    private readonly TermStream _partStream = new();

    public static Term IdTerm(string kind, string id) => new(IdField, kind + Separator + id);

    public static Term KindTerm(string kind) => new(KindField, kind);

    public static Term OwnerTerm(string owner) => new(OwnerField, owner);

    public static (string Kind, string Id) ReadId(string stored)
    {
        var at = stored.IndexOf(Separator, StringComparison.Ordinal);
        return (stored[..at], stored[(at + 1)..]);
    }

    public Document Make(string kind, TextRow row)
    {
        var document = new Document
        {
            new StringField(IdField, kind + Separator + row.Id, Field.Store.YES),
            new StringField(KindField, kind, Field.Store.NO),
            new StoredField(TimeField, row.UpdatedAt.Ticks),
        };
        if (row.Owner.Length > 0) document.Add(new StringField(OwnerField, row.Owner, Field.Store.NO));
        foreach (var whole in row.Names.Concat(row.Ids).Take(MaxTexts).Select(static text => TextTerms.Fold(text, TextTerms.MaxWholeLength)).Distinct(StringComparer.Ordinal))
        {
            if (whole.Length > 0) document.Add(new StringField(WholeField, whole, Field.Store.NO));
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in row.Names.Take(MaxTexts)) TextTerms.Add(name, MaxNameTerms, names);
        var body = new HashSet<string>(StringComparer.Ordinal);
        TextTerms.Add(row.Body, MaxBodyTerms, body);
        _nameStream.Use([.. names]);
        _bodyStream.Use([.. body]);
        document.Add(new Field(NameField, _nameStream, Words));
        document.Add(new Field(BodyField, _bodyStream, Words));
        if (row.FoundByParts.Length == 0) return document;
        _partStream.Use([.. NameParts.Of(row.FoundByParts)]);
        document.Add(new Field(PartField, _partStream, Words));
        return document;
    }

    public void Dispose()
    {
        _nameStream.Dispose();
        _bodyStream.Dispose();
        _partStream.Dispose();
    }
}
