using System.Net;
using Bunit;
using MudBlazor;
using ConfigurationPage = Nakama.Console.Settings.ConfigurationPage;

namespace Nakama.Tests.ConsolePages;

public sealed class DownloadingTheConfiguration : PageContext
{
    private const string Export = "POST /v2/console/live/setting/export";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public void The_settings_are_saved_as_the_file_that_a_node_reads()
    {
        AnswersTo[Export] = (HttpStatusCode.OK, """{"content": "name: \"n-1\"\n", "withheld": ["console.password", "runtime.env"]}""");
        SignInOperator(mayRead: true);
        var (host, _) = Open();

        Assert.Empty(host.FindAll("#export-secrets"));
        host.Find("#panel-form").Submit();

        host.WaitForAssertion(() => Assert.Empty(host.FindAll("#panel-form")), Patience);
        Assert.Equal("""{"format":"yaml"}""", Assert.Single(Bodies));
        Assert.Equal("name: \"n-1\"\n", JSInterop.Invocations["consoleShell.appendFile"].Single().Arguments[1]);
        Assert.Equal(["nakama.yml", "application/yaml"], JSInterop.Invocations["consoleShell.saveFile"].Single().Arguments.Skip(1));
    }

    [Fact]
    public void An_operator_with_all_rights_may_have_everything_and_is_warned()
    {
        AnswersTo[Export] = (HttpStatusCode.OK, """{"content": "{}"}""");
        SignInOperator();
        var (host, _) = Open();

        host.Find("#export-format").Change("json");
        host.Find("#export-defaults").Change(true);
        host.Find("#export-secrets").Change(true);
        host.WaitForAssertion(() => Assert.Contains("Whoever has this file", host.Find(".notice-warning").TextContent, StringComparison.Ordinal), Patience);
        host.Find("#panel-form").Submit();

        host.WaitForAssertion(() => Assert.Empty(host.FindAll("#panel-form")), Patience);
        Assert.Equal("""{"format":"json","with_defaults":true,"with_secrets":true}""", Assert.Single(Bodies));
        Assert.Equal("nakama.json", JSInterop.Invocations["consoleShell.saveFile"].Single().Arguments[1]);
    }

    [Fact]
    public void A_refusal_is_shown_and_nothing_is_saved()
    {
        AnswersTo[Export] = (HttpStatusCode.Forbidden, """{"code": 7, "message": "You may not.", "details": []}""");
        SignInOperator();
        var (host, _) = Open();

        host.Find("#panel-form").Submit();

        host.WaitForAssertion(() => Assert.Contains("You may not.", host.Find("#form-fault").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(JSInterop.Invocations["consoleShell.saveFile"]);
    }

    private (IRenderedComponent<MudDialogProvider> Host, IRenderedComponent<ConfigurationPage> Page) Open()
    {
        AnswersTo["GET /v2/console/config"] = (HttpStatusCode.OK, """{"config": "{\"name\": \"n-1\"}", "server_version": "3.40.0"}""");
        AnswersTo["GET /v2/console/live/setting"] = (HttpStatusCode.OK, "{}");
        Render<MudPopoverProvider>();
        var host = Render<MudDialogProvider>();
        var page = Render<ConfigurationPage>();
        page.WaitForAssertion(() => Assert.NotNull(page.Find("#export-config")), Patience);
        page.Find("#export-config").Click();
        host.WaitForAssertion(() => Assert.NotNull(host.Find("#panel-form")), Patience);
        return (host, page);
    }
}
