using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Domain.Accounts;

public sealed class AccountRecordTests
{
    private static readonly DateTimeOffset Now = AFiling.Noon;

    [Theory]
    [InlineData("a", true)]
    [InlineData("A-Za_z0-9", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("账户", false)]
    public void Create_AnAccount_NeedsAPlainId(string id, bool good) => Assert.Equal(good, Account.Create(id, Now).Error is null);

    [Fact]
    public void IsId_OfLongText_EndsAt64()
    {
        Assert.True(Account.IsId(new string('a', 64)));
        Assert.False(Account.IsId(new string('a', 65)));
    }

    [Fact]
    public void Verified_WithoutItsFields_NamesEachOne()
    {
        var refused = RealName.Verified(null, " ", 0, null, null).Error;

        Assert.Equal(["/kind", "/name", "/certificateType", "/certificateNumber", "/verifiedAt"], refused!.Errors.Select(e => e.Pointer));
        Assert.Equal(["/certificateType"], RealName.Verified(RealNameKind.Individual, "测试甲", null, "1", Now).Error!.Errors.Select(e => e.Pointer));
        Assert.Equal(
            ["/name", "/certificateNumber"],
            RealName.Verified(RealNameKind.Individual, new string('测', 201), 2, new string('1', 65), Now).Error!.Errors.Select(e => e.Pointer));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("13800000000", "138****0000")]
    [InlineData("12345", "****")]
    public void MaskedPhone_OfANumber_ShowsItsEndsOnly(string? phone, string? masked) =>
        Assert.Equal(masked, User.Create("u", "a", "o", Now).WithPhone(phone).MaskedPhone);

    [Fact]
    public void Start_ASession_IsForRolesThatLogIn()
    {
        Assert.Equal(Now.AddHours(1), Session.Start("s", "u", Role.Admin, Now, TimeSpan.FromHours(1)).ExpiresAt);
        Assert.Throws<ArgumentOutOfRangeException>(() => Session.Start("s", "u", Role.System, Now, TimeSpan.FromHours(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Session.Start("s", "u", Role.Applicant, Now, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => StaffMember.Create("s", "u", Role.Applicant, "hash"));
        Assert.Equal("name", StaffMember.Create("s", " Name ", Role.Reviewer, "hash").UserName);
    }

    [Theory]
    [InlineData(true, true, false, AuthCodeStatus.Used)]
    [InlineData(true, false, false, AuthCodeStatus.InUse)]
    [InlineData(false, false, true, AuthCodeStatus.Unused)]
    [InlineData(false, false, false, AuthCodeStatus.Invalid)]
    public void StatusOf_ACode_PutsUseBeforeValidity(bool held, bool used, bool valid, AuthCodeStatus status) => Assert.Equal(status, AuthCode.StatusOf(held, used, valid));

    [Fact]
    public void MayIssue_AnAccount_IsAVerifiedOrganisation()
    {
        var account = Account.Create("a", Now).Value;

        Assert.True(AuthCode.MayIssue(account.With(AForm.RealNameOf(Shape.Organisation))));
        Assert.False(AuthCode.MayIssue(account.With(AForm.RealNameOf(Shape.Person))));
        Assert.False(AuthCode.MayIssue(account));
        Assert.False(AuthCode.MayIssue(null));
    }
}
