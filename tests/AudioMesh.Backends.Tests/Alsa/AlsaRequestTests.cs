// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.Versioning;
using AudioMesh.Backends.Alsa;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>What a request gets, or is told, from a device that has only so much.</summary>
[TestFixture]
[NonParallelizable]
[SupportedOSPlatform("linux")]
internal sealed class AlsaRequestTests
{
    [Test]
    public void Takes_float_where_there_is_float_and_else_the_widest()
    {
        Assert.That(Open("FORMAT='S16_LE FLOAT_LE S32_LE'").Format, Is.EqualTo(SampleFormat.Float32));
        Assert.That(Open("FORMAT='S16_LE S24_3LE S32_LE'").Format, Is.EqualTo(SampleFormat.Int32));
        Assert.That(Open("FORMAT='S16_LE S24_3LE'").Format, Is.EqualTo(SampleFormat.Int24));
        Assert.That(Open("FORMAT='S16_LE U8'").Format, Is.EqualTo(SampleFormat.Int16));
    }

    [Test]
    public void Takes_the_rate_of_the_device_when_none_is_asked_for()
    {
        Assert.That(Open("RATE=44100").Rate, Is.EqualTo(44_100));
        Assert.That(Open("RATE=11025").Rate, Is.EqualTo(11_025));
    }

    [Test]
    public void A_rate_it_lacks_is_refused_with_the_rates_it_has()
    {
        StreamRequest request = new() { Device = TimedPcm.Device("RATE=44100"), Rate = 48_000 };
        AudioMeshException error = Refused(AudioErrorKind.FormatUnsupported, request);
        Assert.That(error.Message, Does.Contain("48000").And.Contain("44100"));
        Assert.That(error.Field, Is.EqualTo("rate"));
        Assert.That(error.Allowed, Is.EqualTo("44100"));
    }

    [Test]
    public void A_rate_is_not_reached_by_resampling_either()
    {
        string device = $"plug:'{TimedPcm.Device("RATE=44100")}'";
        AudioMeshException error = Refused(AudioErrorKind.FormatUnsupported, new StreamRequest { Device = device, Rate = 48_000 });
        Assert.That(error.Allowed, Does.Contain("44100").And.Not.Contain("48000"));
    }

    [Test]
    public void A_format_it_lacks_is_refused_with_the_formats_it_has()
    {
        string device = TimedPcm.Device("FORMAT='S16_LE S32_LE'");
        AudioMeshException error = Refused(AudioErrorKind.FormatUnsupported, new StreamRequest { Device = device, Format = SampleFormat.Float32 });
        Assert.That(error.Allowed, Is.EqualTo("Int32, Int16"));
        AudioMeshException none = Refused(AudioErrorKind.FormatUnsupported, new StreamRequest { Device = TimedPcm.Device("FORMAT=U8") });
        Assert.That(none.Message, Does.Contain("none of the formats"));
    }

    [Test]
    public void A_channel_count_it_lacks_is_refused_with_those_it_has()
    {
        AudioMeshException error = Refused(AudioErrorKind.FormatUnsupported, new StreamRequest { Device = TimedPcm.Device(), OutputChannels = 6 });
        Assert.That(error.Message, Does.Contain("6 channels"));
        Assert.That(error.Allowed, Is.EqualTo("2"));
    }

    [Test]
    public void Mapped_access_alone_is_refused_to_who_does_not_want_it()
    {
        AudioMeshException error = Refused(
            AudioErrorKind.FormatUnsupported, new StreamRequest { Device = TimedPcm.Device("ACCESS='mmapi mmapn'"), UseMmap = false });
        Assert.That(error.Message, Does.Contain("mapped"));
    }

    [TestCase(63, "64..512")]
    [TestCase(1024, "64..512")]
    public void A_period_out_of_its_range_is_refused_with_the_range(int period, string range)
    {
        AudioMeshException error = Refused(
            AudioErrorKind.InvalidArgument, new StreamRequest { Device = TimedPcm.Device("LEAST=64", "MOST=512"), PeriodFrames = period });
        Assert.That(error.Field, Is.EqualTo("period"));
        Assert.That(error.Allowed, Is.EqualTo(range));
        Assert.That(error.Message, Does.Contain(range));
    }

    [Test]
    public void Period_and_buffer_are_what_was_asked_for_or_the_nearest()
    {
        StreamInfo asked = Open(new StreamRequest { Device = TimedPcm.Device(), PeriodFrames = 240, Periods = 3 });
        Assert.That((asked.PeriodFrames, asked.BufferFrames), Is.EqualTo((240, 720)));
        StreamInfo unasked = Open(new StreamRequest { Device = TimedPcm.Device("LEAST=256") });
        Assert.That((unasked.PeriodFrames, unasked.BufferFrames), Is.EqualTo((256, 512)), "128 is less than it has");
        Assert.That(Open(new StreamRequest { Device = TimedPcm.Device() }).PeriodFrames, Is.EqualTo(128));
        AudioMeshException error = Refused(
            AudioErrorKind.FormatUnsupported, new StreamRequest { Device = TimedPcm.Device("LEAST=9000", "MOST=10000") });
        Assert.That(error.Message, Does.Contain("9000").And.Contain("8192"));
    }

    [Test]
    public void An_unknown_name_is_not_found_and_one_without_a_server_is_unavailable()
    {
        AudioMeshException unknown = Refused(AudioErrorKind.NotFound, new StreamRequest { Device = "no_such_pcm" });
        Assert.That(unknown.Message, Does.Contain("no_such_pcm"));
        using (LibCEnvironment.Set("JACK_DEFAULT_SERVER", "audiomesh-no-such-server"))
        {
            AudioMeshException unavailable = Refused(AudioErrorKind.DeviceUnavailable, new StreamRequest { Device = "am_jack_test" });
            Assert.That(unavailable.Message, Does.Contain("am_jack_test"));
        }
    }

    [Test]
    public void A_device_in_use_is_busy_and_a_forbidden_one_not_permitted()
    {
        AudioMeshException busy = Refused(AudioErrorKind.DeviceBusy, new StreamRequest { Device = TimedPcm.Device("FAULT=busy") });
        Assert.That(busy.Message, Does.Contain("timed").And.Contain("busy"));
        Refused(AudioErrorKind.PermissionDenied, new StreamRequest { Device = TimedPcm.Device("FAULT=denied") });
    }

    [Test]
    public void An_open_that_hangs_is_a_timeout()
    {
        string device = TimedPcm.Device("FAULT=stuckopen");
        long start = Stopwatch.GetTimestamp();
        AudioMeshException error = Refused(AudioErrorKind.Timeout, new StreamRequest { Device = device });
        Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.LessThan(Patience.GivenUpMs));
        Assert.That(error.Message, Does.Contain("timed"));
    }

    [Test]
    public void Lists_the_null_device_and_the_default_with_descriptions()
    {
        IReadOnlyList<AudioDevice> devices = new AlsaBackend().EnumerateDevices();
        AudioDevice silent = devices.Single(device => device.Name == "null");
        Assert.That(silent.Description, Does.Contain("Discard"));
        Assert.That((silent.MaxOutputChannels, silent.MaxInputChannels), Is.EqualTo((-1, -1)));
        Assert.That(devices.Single(device => device.IsDefault).Name, Is.EqualTo("default"));
        Assert.That(devices, Is.Unique);
    }

    [Test]
    public void An_empty_name_opens_the_default()
    {
        Assert.That(Open(new StreamRequest()).Device, Is.EqualTo("default"));
    }

    private static StreamInfo Open(string setting) => Open(new StreamRequest { Device = TimedPcm.Device(setting) });

    private static StreamInfo Open(StreamRequest request)
    {
        using AlsaBackend backend = new();
        return backend.Open(request, new Renderer());
    }

    private static AudioMeshException Refused(AudioErrorKind kind, StreamRequest request)
    {
        using AlsaBackend backend = new();
        AudioMeshException error = Assert.Throws<AudioMeshException>(() => backend.Open(request, new Renderer()));
        Assert.That(error.Kind, Is.EqualTo(kind), error.Message);
        Assert.That(backend.State, Is.EqualTo(BackendState.Closed));
        return error;
    }
}
