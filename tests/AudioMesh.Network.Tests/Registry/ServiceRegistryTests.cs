// SPDX-License-Identifier: MIT
using AudioMesh.Network.Registry;
using AudioMesh.Network.Tests.Bus;

namespace AudioMesh.Network.Tests.Registry;

/// <summary>Who offers what, in virtual time.</summary>
internal sealed class ServiceRegistryTests
{
    private LanMesh _mesh = null!;

    [SetUp]
    public void SetUpMesh()
    {
        _mesh = new LanMesh(3);
        _mesh.Run(4);
    }

    [TearDown]
    public void TearDownMesh() => _mesh.Dispose();

    [Test]
    public void What_a_host_offers_is_found_watched_changed_and_withdrawn()
    {
        ServiceRegistry a = Of(_mesh[0]);
        ServiceRegistry b = Of(_mesh[1]);
        List<string> seen = [];
        b.Watch("recorder", (service, isGone) => seen.Add($"{service.Host} {service.Name} {service.Health} {isGone}"));
        RegisteredService recorder = a.Register(new ServiceAnnouncement { Type = "recorder", Name = "Zoë's deck", Port = 4000, Properties = new Dictionary<string, string> { ["format"] = "bwf" } });
        a.Register(new ServiceAnnouncement { Type = "transport", Name = "main" });
        _mesh.Run(0.1);
        MeshService found = b.Find("recorder").Single();
        Assert.That((found.Name, found.Port, found.Properties["format"], found.IsPresent), Is.EqualTo(("Zoë's deck", 4000, "bwf", true)));
        Assert.That(b.Services, Has.Count.EqualTo(2));
        recorder.Report(ServiceHealth.Failing, "disk full");
        _mesh.Run(0.1);
        Assert.That(b.Find("recorder").Single().Note, Is.EqualTo("disk full"));
        recorder.Dispose();
        _mesh.Run(0.1);
        Assert.That(seen, Is.EqualTo(["member0 Zoë's deck Ok False", "member0 Zoë's deck Failing False", "member0 Zoë's deck Failing True"]));
        Assert.That(b.Find("recorder"), Is.Empty);
    }

    [Test]
    public void Who_dies_is_absent_then_gone_and_who_starts_anew_offers_only_what_it_says()
    {
        ServiceRegistry a = Of(_mesh[0]);
        ServiceRegistry b = Of(_mesh[1]);
        List<bool> gone = [];
        b.Watch(null, (_, isGone) => gone.Add(isGone));
        a.Register(new ServiceAnnouncement { Type = "old", Name = "x" });
        _mesh.Run(1.5);
        _mesh.Mesh.Hosts[0].Kill();
        _mesh.Run(5);
        Assert.That(b.Services.Single().IsPresent, Is.False);
        _mesh.Run(12);
        Assert.That(b.Services, Is.Empty);
        Assert.That(gone[^1]);
        ServiceRegistry again = Of(_mesh.Start(0));
        _mesh.Run(5);
        again.Register(new ServiceAnnouncement { Type = "new", Name = "y" });
        _mesh.Run(5);
        Assert.That(b.Services.Select(service => service.Type), Is.EqualTo(["new"]));
    }

    [Test]
    public void A_service_that_reports_no_more_is_silent_until_it_does()
    {
        ServiceRegistry a = Of(_mesh[0]);
        ServiceRegistry b = Of(_mesh[1]);
        RegisteredService service = a.Register(new ServiceAnnouncement { Type = "tts", Name = "voice", ReportEveryMs = 3000 });
        _mesh.Run(6);
        Assert.That(b.Services.Single().Health, Is.EqualTo(ServiceHealth.Silent));
        service.Report(ServiceHealth.Ok);
        _mesh.Run(0.5);
        Assert.That(b.Services.Single().Health, Is.EqualTo(ServiceHealth.Ok));
    }

    [Test]
    public void What_is_not_possible_is_a_named_error()
    {
        ServiceRegistry a = Of(_mesh[0]);
        ServiceAnnouncement sound = new() { Type = "t", Name = "n" };
        a.Register(sound);
        (ServiceAnnouncement Announcement, string Field)[] wrong =
        [
            (sound, "name"), (sound with { Type = "a.b" }, "type"), (sound with { Name = "" }, "name"), (sound with { Name = new string('x', 64) }, "name"), (sound with { Port = 65_536 }, "port"),
            (sound with { ReportEveryMs = -1 }, "report_every_ms"),
        ];
        foreach ((ServiceAnnouncement announcement, string field) in wrong)
        {
            Assert.That(() => a.Register(announcement), Throws.TypeOf<AudioMeshException>().With.Property("Field").EqualTo(field));
        }

        _mesh[1].Bus.Table("services").Put("member1.x.y", "{\"host\":\"member0\"}"u8);
        _mesh[1].Bus.Table("services").Put("member1.x.z", [0xff, 0, 1]);
        _mesh.Run(1);
        Assert.That(a.Services, Has.Count.EqualTo(1));
    }

    private static ServiceRegistry Of(LanMember member)
    {
        ServiceRegistry registry = new(member.Bus, new ServiceRegistryOptions { HostClock = () => member.Host.Now });
        member.Host.Every(TimeSpan.FromSeconds(1), registry.Maintain);
        return registry;
    }
}
