namespace Aspire.Hosting.ApplicationModel;

/// <summary>How an address is shown to people.</summary>
public sealed class ResourceUrlAnnotation
{
    public string Url { get; set; } = "";

    public string? DisplayText { get; set; }
}
