using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Nakama.Server.Sessions;
using Nakama.Tests.Realtime;
using static Microsoft.Playwright.Assertions;

namespace Nakama.Tests.ConsolePages;

/// <summary>The playground in a browser, in front of a real node.</summary>
public sealed class PlayingFromTheConsole(ConsoleFixture fixture) : IClassFixture<ConsoleFixture>
{
    [Fact]
    public async Task Two_clients_sign_in_meet_in_a_match_and_see_what_the_other_sends()
    {
        var page = await fixture.SignInAsync("/playground");
        var (first, second) = (page.Locator("#client-1"), page.Locator("#client-2"));
        await ConnectAsync(first);
        await ConnectAsync(second);

        await SendAsync(first, "match_create");
        await Expect(Frames(first)).ToContainTextAsync("match_id");
        await SendAsync(second, "match_join");
        await Expect(Frames(first)).ToContainTextAsync("match_presence_event");
        await second.Locator("select").SelectOptionAsync("match_data_send");
        await second.Locator("#client-2-data").FillAsync("to the left");
        await SendAsync(second, "match_data_send", choose: false);

        await Expect(first.Locator(".frame-data")).ToHaveTextAsync("to the left");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Two_clients_with_tickets_are_matched_and_chat()
    {
        var page = await fixture.SignInAsync("/playground");
        var (first, second) = (page.Locator("#client-1"), page.Locator("#client-2"));
        await ConnectAsync(first);
        await ConnectAsync(second);
        var query = $"+properties.room:{Guid.NewGuid():N}";
        foreach (var client in (ILocator[])[first, second])
        {
            await client.Locator("select").SelectOptionAsync("matchmaker_add");
            await client.Locator("[id$=-query]").FillAsync(query);
            await client.Locator("[id$=-string_properties]").FillAsync($$"""{"room":"{{query[^32..]}}"}""");
            await SendAsync(client, "matchmaker_add", choose: false);
        }

        await Expect(Frames(first)).ToContainTextAsync("matchmaker_matched");
        await Expect(Frames(second)).ToContainTextAsync("matchmaker_matched");
        foreach (var client in (ILocator[])[first, second])
        {
            await client.Locator("select").SelectOptionAsync("channel_join");
            await client.Locator("[id$=-target]").FillAsync(query[^32..]);
            await SendAsync(client, "channel_join", choose: false);
            await Expect(Frames(client)).ToContainTextAsync("room_name");
        }

        await SendAsync(first, "channel_message_send");
        await Expect(Frames(second)).ToContainTextAsync("channel_message");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_message_that_the_node_refuses_is_shown_as_an_error()
    {
        var page = await fixture.SignInAsync("/playground");
        var first = page.Locator("#client-1");
        await ConnectAsync(first);

        await first.Locator("select").SelectOptionAsync("match_join");
        await first.Locator("#client-1-match_id").FillAsync("no match");
        await SendAsync(first, "match_join", choose: false);

        await Expect(first.Locator(".frame-error")).ToContainTextAsync("error");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whatever_an_operator_types_as_an_envelope_is_sent_and_shown()
    {
        var page = await fixture.SignInAsync("/playground");
        var first = page.Locator("#client-1");
        await ConnectAsync(first);

        await first.Locator("select").SelectOptionAsync("");
        await first.Locator("#client-1-envelope").FillAsync("""{"ping":{},"ping":{}}""");
        await SendAsync(first, "", choose: false);

        await Expect(Frames(first)).ToContainTextAsync("not an envelope");
        await Expect(page.Locator("#blazor-error-ui")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_client_that_is_removed_goes_offline()
    {
        var page = await fixture.SignInAsync("/playground");
        var first = page.Locator("#client-1");
        await ConnectAsync(first);
        var user = Guid.Parse((await first.Locator("a[href^='players/']").GetAttributeAsync("href"))!["players/".Length..]);

        await first.Locator("[aria-label='Remove client 1']").ClickAsync();

        await SocketNode.UntilAsync(() => fixture.Server.Services.GetRequiredService<SessionRegistry>().OfUser(user).Count == 0);
        await page.Context.CloseAsync();
    }

    private static ILocator Frames(ILocator client) => client.Locator(".frames");

    private static async Task ConnectAsync(ILocator client)
    {
        await client.GetByRole(AriaRole.Button, new() { Name = "Sign in and connect" }).ClickAsync();
        await Expect(client.Locator(".tag")).ToHaveTextAsync("online");
    }

    private static async Task SendAsync(ILocator client, string message, bool choose = true)
    {
        if (choose) await client.Locator("select").SelectOptionAsync(message);
        await client.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
    }
}
