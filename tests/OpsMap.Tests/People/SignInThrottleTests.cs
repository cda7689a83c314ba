using OpsMap.People;

namespace OpsMap.Tests.People;

public sealed class SignInThrottleTests
{
    private readonly TestClock _clock = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests() => _throttle = new SignInThrottle(_clock);

    [Fact]
    public void After_five_minutes_one_may_try_again()
    {
        Fail("a", "home", SignInThrottle.PairLimit);
        _throttle.WaitOf("a", "home").ShouldBe(SignInThrottle.Window);

        _clock.Forward(SignInThrottle.Window);

        _throttle.WaitOf("a", "home").ShouldBeNull();
    }

    [Fact]
    public void Guessing_from_elsewhere_does_not_keep_the_owner_out()
    {
        Fail("a", "elsewhere", SignInThrottle.PairLimit);

        _throttle.WaitOf("a", "home").ShouldBeNull();
    }

    [Fact]
    public void Trying_one_password_on_many_accounts_is_noticed_and_disturbs_nobody_who_is_known_there()
    {
        _throttle.Succeeded("colleague", "office");
        for (var i = 0; i < SignInThrottle.WideLimit; i++) Fail($"account {i}", "office", 1);

        _throttle.WaitOf("one more", "office").ShouldNotBeNull();
        _throttle.WaitOf("colleague", "office").ShouldBeNull();
    }

    [Fact]
    public void Guessing_one_account_from_many_addresses_is_noticed_and_does_not_disturb_its_owner_at_home()
    {
        _throttle.Succeeded("a", "home");
        for (var i = 0; i < SignInThrottle.WideLimit; i++) Fail("a", $"address {i}", 1);

        _throttle.WaitOf("a", "another").ShouldNotBeNull();
        _throttle.WaitOf("a", "home").ShouldBeNull();
    }

    [Fact]
    public void Success_forgets_the_failures_before_it()
    {
        Fail("a", "home", SignInThrottle.PairLimit - 1);
        _throttle.Succeeded("a", "home");

        Fail("a", "home", SignInThrottle.PairLimit - 1);

        _throttle.WaitOf("a", "home").ShouldBeNull();
    }

    private void Fail(string account, string address, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _throttle.WaitOf(account, address).ShouldBeNull();
            _throttle.Failed(account, address);
        }
    }
}
