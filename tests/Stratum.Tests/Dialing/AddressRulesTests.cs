using System.Net;
using Shouldly;

namespace Marketplace.Stratum.Tests;

public sealed class AddressRulesTests
{
    public static TheoryData<string> Loopback => ["127.0.0.1", "127.255.255.254", "::1"];

    public static TheoryData<string> Tricks =>
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "192.168.255.255",
        "169.254.0.1", "169.254.169.254", "100.64.0.1", "100.127.255.255", "192.0.0.8", "192.0.2.1", "198.18.0.1",
        "198.19.255.255",
        "198.51.100.7", "203.0.113.7", "192.88.99.1", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::127.0.0.1", "::10.0.0.1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "::ffff:169.254.169.254",
        "::ffff:0:10.0.0.1",
        "64:ff9b::7f00:1", "64:ff9b::8.8.8.8", "64:ff9b:1::a00:1", "100::1", "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:10::1", "2001:db8::1", "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "4000::1", "8000::1",
        "fc00::1", "fd00:ec2::254", "fdff::1", "fe80::1", "fe80::1%1", "febf::1", "fec0::1", "ff02::1", "ff0e::1",
    ];

    public static TheoryData<string> PublicInternet =>
    [
        "8.8.8.8", "1.1.1.1", "9.255.255.255", "11.0.0.1", "100.63.255.255", "100.128.0.1", "126.255.255.255",
        "128.0.0.1",
        "172.15.255.255", "172.32.0.1", "192.167.255.255", "192.169.0.1", "198.17.255.255", "198.20.0.1",
        "223.255.255.255",
        "2001:4860:4860::8888", "2606:4700:4700::1111", "2a00:1450:4001:830::200e", "2003::1",
    ];

    [Theory]
    [MemberData(nameof(Tricks))]
    [MemberData(nameof(Loopback))]
    public void What_is_not_plainly_the_public_internet_is_refused(string address) =>
        AddressRules.Refusal(IPAddress.Parse(address), allowLoopback: false).ShouldNotBeNull();

    [Theory]
    [MemberData(nameof(PublicInternet))]
    public void The_public_internet_may_be_dialled(string address)
    {
        AddressRules.Refusal(IPAddress.Parse(address), allowLoopback: false).ShouldBeNull();
        AddressRules.Refusal(IPAddress.Parse(address), allowLoopback: true).ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Loopback))]
    public void The_development_setting_opens_loopback(string address) =>
        AddressRules.Refusal(IPAddress.Parse(address), allowLoopback: true).ShouldBeNull();

    [Theory]
    [MemberData(nameof(Tricks))]
    public void The_development_setting_opens_nothing_else(string address) =>
        AddressRules.Refusal(IPAddress.Parse(address), allowLoopback: true).ShouldNotBeNull();
}
