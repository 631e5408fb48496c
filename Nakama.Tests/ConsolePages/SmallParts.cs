using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Nakama.Console.Access;
using Nakama.Console.Nodes;
using Nakama.Console.Shared;
using Nakama.Console.Status;
using Radzen;

namespace Nakama.Tests.ConsolePages;

public sealed class SmallParts : BunitContext
{
    public SmallParts()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddRadzenComponents();
        Services.AddSingleton(TimeProvider.System);
    }

    [Fact]
    public void A_deletion_is_confirmed_only_by_the_exact_word()
    {
        var dialog = Render<ConfirmDelete>(parameters => parameters.Add(part => part.Message, "Gone for good."));
        Assert.True(dialog.Find("#confirm-delete").HasAttribute("disabled"));
        dialog.Find("#confirm-word").Input("Delete");
        Assert.True(dialog.Find("#confirm-delete").HasAttribute("disabled"));
        dialog.Find("#confirm-word").Input("delete");
        Assert.False(dialog.Find("#confirm-delete").HasAttribute("disabled"));
    }

    [Fact]
    public void The_node_table_has_a_loading_an_empty_and_a_filled_state()
    {
        var table = Render<NodeTable>();
        Assert.NotEmpty(table.FindAll(".skeleton"));
        table.Render(parameters => parameters.Add(part => part.Nodes, []));
        Assert.Contains("No node has reported yet.", table.Markup, StringComparison.Ordinal);
        table.Render(parameters => parameters.Add(part => part.Nodes, [new NodeSample { Name = "n-1", UptimeSec = 3700, Sessions = 1234 }]));
        Assert.Contains("1 h 1 min", table.Find("tbody tr").TextContent, StringComparison.Ordinal);
        Assert.Contains("1,234", table.Find("tbody tr").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_can_be_tried_again()
    {
        var tries = 0;
        var failed = Render<Failed>(parameters => parameters.Add(part => part.Message, "No answer.").Add(part => part.OnRetry, () => tries++));
        failed.Find("button").Click();
        Assert.Equal(1, tries);
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("[]", "This must be a JSON object.")]
    [InlineData("{\n  x", "This is not valid JSON: line 2, position 3.")]
    public void Json_is_judged_where_it_is_typed(string text, string? fault) => Assert.Equal(fault, JsonText.ObjectFault(text));

    [Fact]
    public void A_token_tells_its_rights()
    {
        // {"usn":"op","exp":4102444800,"acl":"gAAAAAAAAAAAAAAA"}: reading accounts and nothing else.
        var token = ConsoleToken.Read("e30.eyJ1c24iOiJvcCIsImV4cCI6NDEwMjQ0NDgwMCwiYWNsIjoiZ0FBQUFBQUFBQUFBQUFBQSJ9.x")!;
        Assert.Equal("op", token.Username);
        Assert.True(token.Permits(Resource.Account, Right.Read));
        Assert.False(token.Permits(Resource.Account, Right.Write));
        Assert.False(token.Permits(Resource.Configuration, Right.Read));
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.e30")]
    public void What_is_no_token_is_not_read(string text) => Assert.Null(ConsoleToken.Read(text));

    [Theory]
    [InlineData("/players?q=x", "/players?q=x")]
    [InlineData("//elsewhere.example", "/")]
    [InlineData("/\\elsewhere.example", "/")]
    [InlineData("https://elsewhere.example", "/")]
    [InlineData("/login?return=/", "/")]
    [InlineData(null, "/")]
    public void Signing_in_leads_to_pages_of_this_site_only(string? wanted, string expected) => Assert.Equal(expected, SignIn.SafeReturn(wanted));
}
