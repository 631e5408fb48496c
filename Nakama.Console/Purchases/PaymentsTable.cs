using Microsoft.AspNetCore.Components;
using Nakama.Console.Shared;
using Nakama.Console.Tables;

namespace Nakama.Console.Purchases;

/// <summary>The filters that lists of purchases and of subscriptions share.</summary>
public abstract class PaymentsTable : OperatorPage
{
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>The player whose payments are shown; null for all.</summary>
    [Parameter]
    public string? UserId { get; set; }

    [SupplyParameterFromQuery(Name = "transaction")]
    public string? Transaction { get; set; }

    [SupplyParameterFromQuery]
    public string? From { get; set; }

    [SupplyParameterFromQuery]
    public string? To { get; set; }

    [Inject]
    protected PurchasesClient Purchases { get; set; } = null!;

    protected bool IsFiltered => Transaction is not null || From is not null || To is not null;

    protected string Key => $"{UserId}|{Transaction}|{From}|{To}";

    protected PaymentFilter Wanted => new(Transaction, UserId, DayRange.Start(From), DayRange.End(To));

    protected void ClearFilters() => Filter(("transaction", null), ("from", null), ("to", null));
}
