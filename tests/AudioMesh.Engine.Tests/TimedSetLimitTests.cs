// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Graph;
using AudioMesh.Testing;

namespace AudioMesh.Engine.Tests;

/// <summary>What is refused of sets at a mesh time.</summary>
internal sealed class TimedSetLimitTests : TimedFixture
{
    [TestCase("\"ramp_ms\":-1", "ramp_ms")]
    [TestCase("\"ramp_ms\":60001", "ramp_ms")]
    [TestCase("\"ramp_ms\":\"fast\"", "ramp_ms")]
    [TestCase("\"at\":1", "at")]
    [TestCase("\"at\":-5", "at")]
    [TestCase("\"at\":1.5", "at")]
    [TestCase("\"at\":9000000000000000000", "at")]
    public void A_time_that_makes_no_sense_is_refused_and_nothing_changes(string timing, string field)
    {
        int gain = Play("gain", ("db", 0));
        Pull(64);
        string reply = Ask($$"""{"cmd":"set","id":{{gain}},"args":{"db":-20},{{timing}}}""");
        Assert.That(reply, Does.Contain("\"code\":\"invalid_argument\"").And.Contain($"\"field\":\"{field}\""));
        Assert.That((Read(gain, "db"), Engine.FindNode(gain).WaitingMoves), Is.EqualTo((0d, 0)));
    }

    [Test]
    public void A_time_that_is_past_by_less_than_a_period_is_now()
    {
        int gain = Play("gain", ("db", 0));
        Pull(640);
        SetAt(gain, "db", -120, 600, 0);
        Assert.That(Pull(64)[0], Is.Zero);
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => SetAt(gain, "db", 0, 500, 0))!;
        Assert.That((error.Kind, error.Field), Is.EqualTo((AudioErrorKind.InvalidArgument, "at")));
    }

    [Test]
    public void Without_a_device_nothing_has_a_time()
    {
        int gain = Add("gain");
        Assert.That(Assert.Throws<AudioMeshException>(() => Set(gain, "db", -6, new SetTiming(0, null)))!.Kind, Is.EqualTo(AudioErrorKind.InvalidState));
    }

    [Test]
    public void A_flag_and_a_place_in_a_file_cannot_ramp()
    {
        using TemporaryFolder folder = new();
        GraphTests.WriteWav(folder.PathOf("a.wav"), Rate, 1, new float[4800]);
        Open();
        int file = Add("file_source", ("path", folder.PathOf("a.wav")));
        Assert.That(Assert.Throws<AudioMeshException>(() => Set(file, "loop", true, new SetTiming(5, null)))!.Allowed, Is.EqualTo("position"));
        Assert.That(Assert.Throws<AudioMeshException>(() => Set(file, "position", 5, new SetTiming(5, null)))!.Field, Is.EqualTo("ramp_ms"));
    }

    [Test]
    public void What_may_wait_is_bounded_and_a_node_that_goes_takes_it_along()
    {
        int gain = Play("gain", ("db", 0));
        for (int i = 0; i < SetTiming.MaxWaitingOfNode; i++)
        {
            SetAt(gain, "db", -i % 100, 48000 + i, 0);
        }

        AudioMeshException error = Assert.Throws<AudioMeshException>(() => SetAt(gain, "db", 0, 60000, 0))!;
        Assert.That(error.Kind, Is.EqualTo(AudioErrorKind.LimitExceeded));
        for (int node = 1; node < SetTiming.MaxWaiting / SetTiming.MaxWaitingOfNode; node++)
        {
            int other = Add("gain");
            for (int i = 0; i < SetTiming.MaxWaitingOfNode; i++)
            {
                SetAt(other, "db", 0, 48000, 0);
            }
        }

        int last = Add("gain");
        Assert.That(Assert.Throws<AudioMeshException>(() => SetAt(last, "db", 0, 60000, 0))!.Kind, Is.EqualTo(AudioErrorKind.LimitExceeded));
        WhilePulling(() => Engine.DestroyNode(gain));
        Assert.That(() => Set(last, "db", 0, new SetTiming(0, MeshClock.Now.Add(20_000_000_000))), Throws.Nothing);
    }
}
