using Nakama.Server.Security;

namespace Nakama.Tests.Security;

public sealed class RevocationTests
{
    private static readonly Guid User = Guid.NewGuid();

    private readonly TestClock _clock = TestClock.AtNoon();
    private readonly SessionTokens _tokens;
    private readonly RevocationCache _revocations;

    public RevocationTests()
    {
        var options = new SessionOptions();
        _tokens = new(options, _clock);
        _revocations = new(options, _clock);
    }

    [Fact]
    public void Nothing_is_revoked_at_first()
    {
        var (session, refresh) = Login();

        Assert.True(_revocations.IsSessionValid(session));
        Assert.True(_revocations.IsRefreshValid(refresh));
    }

    [Fact]
    public void Revoking_a_session_token_leaves_its_refresh_token_and_other_logins()
    {
        var (session, refresh) = Login();
        var (other, _) = Login();

        _revocations.RevokeSession(session);

        Assert.False(_revocations.IsSessionValid(session));
        Assert.True(_revocations.IsRefreshValid(refresh));
        Assert.True(_revocations.IsSessionValid(other));
    }

    [Fact]
    public void A_revoked_session_token_poisons_what_its_login_refreshes_later()
    {
        var (session, refresh) = Login();
        _revocations.RevokeSession(session);

        var refreshed = _tokens.Refresh(refresh, "ann", refresh.Vars);

        Assert.False(_revocations.IsSessionValid(refreshed.Session));
    }

    [Fact]
    public void Who_is_let_in_again_may_sign_in_within_the_second_of_the_ban_and_earlier_tokens_stay_revoked()
    {
        var (earlier, _) = Login();
        _clock.Advance(2);
        _revocations.Ban(User);
        var (during, _) = Login();
        Assert.False(_revocations.IsSessionValid(during));

        _revocations.LiftBan(User);
        var (after, _) = Login();

        Assert.True(_revocations.IsSessionValid(after));
        Assert.False(_revocations.IsSessionValid(earlier));
    }

    [Fact]
    public void Revoking_a_refresh_token_leaves_its_session_token()
    {
        var (session, refresh) = Login();

        _revocations.RevokeRefresh(refresh);

        Assert.True(_revocations.IsSessionValid(session));
        Assert.False(_revocations.IsRefreshValid(refresh));
    }

    [Fact]
    public void Revoking_all_spares_what_was_issued_in_the_same_second()
    {
        var (oldSession, oldRefresh) = Login();
        _clock.Advance(1);
        var (session, refresh) = Login();
        _clock.Advance(0.9);

        _revocations.RevokeAll(User);

        Assert.False(_revocations.IsSessionValid(oldSession));
        Assert.False(_revocations.IsRefreshValid(oldRefresh));
        Assert.True(_revocations.IsSessionValid(session));
        Assert.True(_revocations.IsRefreshValid(refresh));
    }

    [Fact]
    public void Revoking_all_forgets_single_revocations_but_a_ban_does_not()
    {
        var (session, _) = Login();
        _revocations.RevokeSession(session);

        _revocations.Ban(User);
        Assert.False(_revocations.IsSessionValid(session));

        _clock.Advance(1);
        var (later, _) = Login();
        _revocations.RevokeSession(later);
        _revocations.RevokeAll(User);
        Assert.True(_revocations.IsSessionValid(later));
    }

    [Fact]
    public void A_ban_spares_no_session_token_that_was_issued_by_then()
    {
        var (session, refresh) = Login();
        var longLived = session with { Expiry = session.Expiry + 86_400 };

        _revocations.Ban(User);

        Assert.False(_revocations.IsSessionValid(session));
        Assert.False(_revocations.IsSessionValid(longLived));
        Assert.False(_revocations.IsSessionValid(session with { IssuedAt = 0 }));
        Assert.True(_revocations.IsRefreshValid(refresh));

        _clock.Advance(1);
        Assert.True(_revocations.IsSessionValid(Login().Session));
    }

    [Fact]
    public void Nobody_else_is_hit()
    {
        var (session, refresh) = Login();
        _clock.Advance(5);

        _revocations.RevokeAll(Guid.NewGuid());

        Assert.True(_revocations.IsSessionValid(session));
        Assert.True(_revocations.IsRefreshValid(refresh));
    }

    [Fact]
    public void Sweeping_forgets_expired_logins_and_then_the_user()
    {
        var (session, refresh) = Login();
        _revocations.RevokeSession(session);
        _revocations.RevokeRefresh(refresh);

        _clock.Advance(61);
        _revocations.Sweep();
        Assert.Equal(1, _revocations.Count);
        Assert.False(_revocations.IsRefreshValid(refresh));

        _clock.Advance(3600);
        _revocations.Sweep();
        Assert.Equal(0, _revocations.Count);
    }

    [Fact]
    public void Sweeping_keeps_a_ban_as_long_as_any_token_can_live()
    {
        var (_, refresh) = Login();
        _clock.Advance(1);
        _revocations.Ban(User);

        _clock.Advance(3600);
        _revocations.Sweep();
        Assert.False(_revocations.IsRefreshValid(refresh));

        _clock.Advance(1);
        _revocations.Sweep();
        Assert.Equal(0, _revocations.Count);
    }

    [Fact]
    public async Task Revocations_from_many_threads_are_all_kept()
    {
        var logins = Enumerable.Range(0, 200).Select(_ => Login().Session).ToList();

        await Parallel.ForEachAsync(logins, (session, _) =>
        {
            _revocations.RevokeSession(session);
            return ValueTask.CompletedTask;
        });

        Assert.All(logins, session => Assert.False(_revocations.IsSessionValid(session)));
    }

    private (SessionToken Session, SessionToken Refresh) Login()
    {
        var issued = _tokens.Issue(User, "ann", new Dictionary<string, string>());
        return (issued.Session, _tokens.ReadRefresh(issued.RefreshToken)!);
    }
}
