using Microsoft.AspNetCore.Components;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Protocol.Console;

namespace Nakama.Console.Explorer;

/// <summary>Calls the methods of the game API and the functions of modules, as a player or as nobody.</summary>
public sealed partial class ExplorerPage
{
    private const string FunctionPrefix = "rpc/";

    private ApiEndpointList? _endpoints;
    private ExplorerAnswer? _answer;
    private string? _error;
    private string? _shown;
    private string _user = "";
    private string _body = "";
    private bool _busy;

    [SupplyParameterFromQuery(Name = "method")]
    public string? Chosen { get; set; }

    [SupplyParameterFromQuery(Name = "user")]
    public string? User { get; set; }

    /// <summary>Null for JSON.</summary>
    [SupplyParameterFromQuery(Name = "form")]
    public string? Form { get; set; }

    private bool IsFunction => Chosen?.StartsWith(FunctionPrefix, StringComparison.Ordinal) == true;

    private string Name => IsFunction ? Chosen![FunctionPrefix.Length..] : Chosen ?? "";

    protected override async Task OnInitializedAsync()
    {
        await base.OnInitializedAsync();
        _user = User ?? "";
        if (RendererInfo.IsInteractive && May(AclResources.ApiExplorer, Right.Read)) await LoadAsync();
    }

    protected override void OnParametersSet()
    {
        if (_shown == Chosen || _endpoints is null) return;
        Show();
    }

    /// <summary>Fills the request with the template of the method.</summary>
    private void Show()
    {
        (_shown, _answer) = (Chosen, null);
        var template = IsFunction ? "" : _endpoints!.Endpoints.FirstOrDefault(endpoint => endpoint.Method == Name)?.BodyTemplate ?? "";
        _body = Nakama.Console.Shared.JsonText.Pretty(template);
    }

    private async Task LoadAsync()
    {
        _error = null;
        try
        {
            _endpoints = await Explorer.ListAsync(Closed);
            Show();
        }
        catch (NodeException error)
        {
            _error = error.Message;
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }
    }

    private async Task CallAsync()
    {
        if (_busy || Name.Length == 0 || !May(AclResources.ApiExplorer, Right.Write)) return;
        (_busy, _answer) = (true, null);
        try
        {
            var request = new CallApiEndpointRequest { Method = Name, Body = _body.Trim(), UserId = _user.Trim() };
            _answer = await Explorer.CallAsync(IsFunction, request, Closed);
        }
        catch (NodeException error)
        {
            _answer = new("", error.Message, TimeSpan.Zero, "");
            if (error.Code == NodeException.Unauthenticated) SignIn.Expire(Navigation);
        }
        catch (OperationCanceledException)
        {
            // The page was closed before the node responded.
        }

        _busy = false;
    }
}
