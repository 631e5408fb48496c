using Microsoft.AspNetCore.Components;

namespace Nakama.Console.Tables;

/// <summary>One column of a <see cref="PagedTable{TRow}"/>.</summary>
public sealed class TableColumn<TRow> : ComponentBase, IDisposable
{
    [CascadingParameter]
    public PagedTable<TRow> Table { get; set; } = null!;

    /// <summary>The heading; also the name by which the column is remembered and exported.</summary>
    [Parameter, EditorRequired]
    public string Title { get; set; } = "";

    /// <summary>The value of a row as text: shown where there is no content, and exported.</summary>
    [Parameter, EditorRequired]
    public Func<TRow, string> Text { get; set; } = _ => "";

    /// <summary>How a row shows; null for its text.</summary>
    [Parameter]
    public RenderFragment<TRow>? ChildContent { get; set; }

    /// <summary>Numbers and their heading are right-aligned.</summary>
    [Parameter]
    public bool IsNumber { get; set; }

    /// <summary>Whether narrow windows leave it out.</summary>
    [Parameter]
    public bool IsWideOnly { get; set; }

    internal string CssClass => (IsNumber, IsWideOnly) switch
    {
        (true, true) => "num wide-only",
        (true, false) => "num",
        (false, true) => "wide-only",
        _ => "",
    };

    public void Dispose() => Table.Remove(this);

    protected override void OnInitialized() => Table.Add(this);
}
