// SPDX-License-Identifier: MIT
using AudioMesh.Network.Stems;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>Takes fetched from another host.</summary>
public sealed class TakeServerTests
{
    [Test]
    public async Task Finished_takes_are_listed_and_come_bit_by_bit()
    {
        using TakeShare share = new();
        share.Record("song");
        share.Record("monday/Gitarre ü", seconds: 2);
        IReadOnlyList<TakeOffer> offers = await share.ListAsync();
        Assert.That(offers.Select(offer => offer.Place), Is.EqualTo(["monday/Gitarre ü", "song"]));
        Assert.That((offers[1].Name, offers[1].Host, offers[1].Rate, offers[1].Channels, offers[1].IsCut), Is.EqualTo(("song", "anna", 4000, 1, false)));
        Assert.That((offers[1].End - offers[1].Start) * 1e-9, Is.EqualTo(2).Within(0.3), "it begins with the ninth block");

        using TakeClient client = await share.ConnectAsync();
        foreach (TakeOffer offer in offers)
        {
            List<long> bytes = [];
            string sidecar = await client.FetchAsync(offer, share.Here, progress => bytes.Add(progress.Bytes));
            Assert.That(sidecar, Is.EqualTo(share.HereOf($"{offer.Place}.take.json")));
            Assert.That(bytes, Is.Ordered);
            Assert.That(bytes[^1], Is.EqualTo(offer.Bytes));
            foreach (string ending in (string[])[".wav", ".take.json"])
            {
                Assert.That(File.ReadAllBytes(share.HereOf(offer.Place + ending)), Is.EqualTo(File.ReadAllBytes(share.PathOf(offer.Place + ending))));
            }
        }

        Assert.That(Directory.GetFiles(share.Here, "*.part", SearchOption.AllDirectories), Is.Empty);
        CollectResult result = StemCollector.Collect([share.HereOf("song.wav")], new CollectOptions { OutputFolder = share.HereOf("out") });
        Assert.That(Stem.PulseError(result, result.Stems[0], 12_000_000_000), Is.EqualTo(0).Within(0.05));
    }

    [Test]
    public async Task What_is_recorded_now_is_broken_is_no_take_or_lies_elsewhere_is_not_there()
    {
        using TakeShare share = new();
        share.Record("song");
        share.Record("now");
        string text = File.ReadAllText(share.PathOf("now.take.json"));
        File.WriteAllText(share.PathOf("now.take.json"), text[..text.IndexOf("{\"end\"", StringComparison.Ordinal)]);
        share.Record("broken");
        File.WriteAllText(share.PathOf("broken.take.json"), "{\"take\":1}\n");
        File.WriteAllText(share.PathOf("secret.json"), "secret");
        Directory.CreateDirectory(share.PathOf("inside"));
        share.Record("inside/real");
        File.Move(share.PathOf("inside/real.wav"), share.HereOf("real.wav"));
        File.CreateSymbolicLink(share.PathOf("inside/real.wav"), share.HereOf("real.wav"));
        Assert.That((await share.ListAsync()).Select(offer => offer.Place), Is.EqualTo(["song"]));

        File.SetLastWriteTimeUtc(share.PathOf("now.wav"), DateTime.UtcNow.AddMinutes(-1));
        TakeOffer[] offers = [.. await share.ListAsync()];
        Assert.That(offers.Select(offer => (offer.Place, offer.IsCut)), Is.EqualTo([("now", true), ("song", false)]), "its recorder was killed a minute ago");
    }

    [Test]
    public async Task A_host_that_dies_in_the_middle_is_gone_on_with_where_it_was()
    {
        using TakeShare share = new();
        share.Record("song", seconds: 40);
        using TakeRelay relay = new(share.Server.LocalEndPoint) { CutAfter = 300_000 };
        AudioMeshException error = (await Assert.ThrowsAsync<AudioMeshException>(() => share.FetchAsync(relay.LocalEndPoint)))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.DeviceLost));
        Assert.That(Directory.GetFiles(share.Here).Select(Path.GetFileName), Is.EquivalentTo(["song.take.json.part", "song.wav.part"]));
        long there = new FileInfo(share.HereOf("song.wav.part")).Length;
        Assert.That(there, Is.InRange(100_000, 300_000));

        (long kept, _) = await share.FetchAsync();
        Assert.That(kept, Is.EqualTo(there + new FileInfo(share.HereOf("song.take.json")).Length));
        Assert.That(File.ReadAllBytes(share.HereOf("song.wav")), Is.EqualTo(File.ReadAllBytes(share.PathOf("song.wav"))));

        (kept, string sidecar) = await share.FetchAsync();
        Assert.That(kept, Is.EqualTo(new FileInfo(share.HereOf("song.wav")).Length + new FileInfo(sidecar).Length), "nothing comes twice");
    }

    [Test]
    public async Task What_is_here_and_another_take_is_never_mixed_with_it()
    {
        using TakeShare share = new();
        share.Record("song", seconds: 5);
        File.WriteAllBytes(share.HereOf("song.wav.part"), new byte[9000]);
        (long kept, _) = await share.FetchAsync();
        Assert.That(kept, Is.Zero);
        Assert.That(File.ReadAllBytes(share.HereOf("song.wav")), Is.EqualTo(File.ReadAllBytes(share.PathOf("song.wav"))));

        byte[] first = File.ReadAllBytes(share.PathOf("song.wav"));
        share.Record("song", seconds: 6, startSecond: 50);
        AudioMeshException error = (await Assert.ThrowsAsync<AudioMeshException>(() => share.FetchAsync()))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.FileUnreadable));
        Assert.That(error.Message, Does.Contain("exists already"));
        Assert.That(File.ReadAllBytes(share.HereOf("song.wav")), Is.EqualTo(first));
    }

    [Test]
    public async Task What_was_bent_on_the_way_is_not_taken([Values(60, 100, 20_000)] int at)
    {
        using TakeShare share = new();
        share.Record("song", seconds: 4);
        using TakeRelay relay = new(share.Server.LocalEndPoint) { BendAt = at };
        Assert.That((await Assert.ThrowsAsync<AudioMeshException>(() => share.FetchAsync(relay.LocalEndPoint)))!.Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        Assert.That(File.Exists(share.HereOf("song.wav")), Is.False);
    }

    [Test]
    public async Task Connections_are_bounded()
    {
        using TakeShare share = new(maxConnections: 2);
        share.Record("song");
        using (RawTakeLink first = RawTakeLink.Connect(share.Server.LocalEndPoint), second = RawTakeLink.Connect(share.Server.LocalEndPoint))
        {
            foreach (RawTakeLink link in (RawTakeLink[])[first, second])
            {
                link.Receive();
                link.Send(RawTakeLink.Request, """{"get":"list"}""");
                Assert.That(link.Receive()!.Value.Kind, Is.EqualTo(RawTakeLink.Offer));
            }

            Assert.That((await Assert.ThrowsAsync<AudioMeshException>(() => share.ListAsync()))!.Kind, Is.EqualTo(AudioErrorKind.DeviceLost));
        }

        Assert.That(() => share.Server.Connections, Is.Zero.After(20_000, 20));
        Assert.That(await share.ListAsync(), Has.Count.EqualTo(1));
    }
}
