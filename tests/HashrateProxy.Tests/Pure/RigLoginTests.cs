using Marketplace.HashrateProxy.Downstream;

namespace Marketplace.HashrateProxy.Tests.Pure;

public sealed class RigLoginTests
{
    [Theory]
    [InlineData("farm.rig", "farm.rig")]
    [InlineData("farm.rig.worker-1", "farm.rig")]
    [InlineData("farm.rig.a.b.c", "farm.rig")]
    [InlineData("farm", "farm")]
    [InlineData("", "")]
    [InlineData(".", ".")]
    [InlineData("..", ".")]
    public void A_user_names_its_rig_up_to_the_second_dot(string user, string login) =>
        RigLogin.Of(user).ShouldBe(login);

    [Theory]
    [InlineData("x,d=4096", "4096")]
    [InlineData("d=0.5", "0.5")]
    [InlineData("x;d=7;d=8", "7")]
    [InlineData("d=nonsense,d=9", "9")]
    [InlineData("diff=12", "12")]
    public void A_password_may_ask_for_a_difficulty(string password, string difficulty) =>
        PasswordOptions.Parse(password).ShouldBe(new PasswordOptions(Difficulty.Parse(difficulty), null));

    [Theory]
    [InlineData("x,md=512,d=1024")]
    [InlineData("d=1024 md=512")]
    public void A_password_may_ask_for_a_minimum_too(string password) =>
        PasswordOptions.Parse(password).ShouldBe(new PasswordOptions(Difficulty.Of(1024), Difficulty.Of(512)));

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("d=")]
    [InlineData("d=-1")]
    [InlineData("d=0")]
    [InlineData("id=5")]
    public void Any_other_password_asks_for_none(string password) =>
        PasswordOptions.Parse(password).ShouldBe(default);
}
