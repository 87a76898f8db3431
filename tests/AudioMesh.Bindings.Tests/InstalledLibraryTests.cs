// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using AudioMesh.Compute.Interop;
using AudioMesh.Interop;

namespace AudioMesh.Bindings.Tests;

public sealed unsafe class InstalledLibraryTests
{
    [Test]
    public void Jack_tells_its_version()
    {
        LibJack jack = Require<LibJack>(LibJack.TryGet);
        if (jack.jack_get_version_string == null)
        {
            Assert.Ignore("this libjack has no jack_get_version_string");
        }

        Assert.That(Text(jack.jack_get_version_string()), Does.Match("[0-9]+\\.[0-9]+"));
    }

    [Test]
    public void Jack_tells_why_it_cannot_open_a_client()
    {
        LibJack jack = Require<LibJack>(LibJack.TryGet);
        jack.jack_set_error_function(&Ignore);
        jack.jack_set_info_function(&Ignore);
        jack_status_t status;
        fixed (byte* name = "bindings"u8, server = "audiomesh-no-such-server"u8)
        {
            jack_client_t* client = jack.jack_client_open(
                name, jack_options_t.JackNoStartServer | jack_options_t.JackServerName, &status, server);
            Assert.That(client == null);
        }

        Assert.That(status.HasFlag(jack_status_t.JackServerFailed));
    }

    [Test]
    public void Alsa_sets_up_its_null_device()
    {
        LibAsound alsa = Require<LibAsound>(LibAsound.TryGet);
        snd_pcm_t* pcm;
        fixed (byte* name = "null"u8)
        {
            int error = alsa.snd_pcm_open(&pcm, name, snd_pcm_stream_t.SND_PCM_STREAM_PLAYBACK, LibAsound.SND_PCM_NONBLOCK);
            if (error != 0)
            {
                Assert.Ignore($"no null device: {Text(alsa.snd_strerror(error))}");
            }
        }

        snd_pcm_hw_params_t* parameters;
        alsa.snd_pcm_hw_params_malloc(&parameters);
        uint rate = 44100;
        uint rateGot = 0;
        ulong period = 256;
        ulong periodGot = 0;
        int direction = 0;
        try
        {
            Assert.That(alsa.snd_pcm_hw_params_any(pcm, parameters), Is.Not.Negative);
            Assert.That(alsa.snd_pcm_hw_params_set_rate_near(pcm, parameters, &rate, &direction), Is.Zero);
            Assert.That(alsa.snd_pcm_hw_params_set_period_size_near(pcm, parameters, &period, &direction), Is.Zero);
            Assert.That(alsa.snd_pcm_hw_params(pcm, parameters), Is.Zero);
            Assert.That(alsa.snd_pcm_hw_params_get_rate(parameters, &rateGot, &direction), Is.Zero);
            Assert.That(alsa.snd_pcm_hw_params_get_period_size(parameters, &periodGot, &direction), Is.Zero);
            Assert.That(alsa.snd_pcm_state(pcm), Is.EqualTo(snd_pcm_state_t.SND_PCM_STATE_PREPARED));
        }
        finally
        {
            alsa.snd_pcm_hw_params_free(parameters);
            alsa.snd_pcm_close(pcm);
        }

        Assert.That(rateGot, Is.EqualTo(44100));
        Assert.That(periodGot, Is.EqualTo(256));
    }

    [Test]
    public void Libsndfile_reads_back_what_it_wrote()
    {
        LibSndFile sndfile = Require<LibSndFile>(LibSndFile.TryGet);
        using Scratch scratch = new();
        nint path = Marshal.StringToCoTaskMemUTF8(Path.Combine(scratch.Directory, "a.wav"));
        try
        {
            float* written = stackalloc float[] { 0.5f, -0.25f, 0.125f, 1f };
            SF_INFO info = new() { samplerate = 48000, channels = 2, format = LibSndFile.SF_FORMAT_WAV | LibSndFile.SF_FORMAT_FLOAT };
            SNDFILE* file = sndfile.sf_open((byte*)path, LibSndFile.SFM_WRITE, &info);
            Assert.That(sndfile.sf_writef_float(file, written, 2), Is.EqualTo(2));
            sndfile.sf_close(file);

            SF_INFO found = default;
            float* read = stackalloc float[4];
            file = sndfile.sf_open((byte*)path, LibSndFile.SFM_READ, &found);
            Assert.That(sndfile.sf_readf_float(file, read, 2), Is.EqualTo(2));
            sndfile.sf_close(file);

            Assert.That((found.frames, found.samplerate, found.channels), Is.EqualTo((2L, 48000, 2)));
            Assert.That(new ReadOnlySpan<float>(read, 4).ToArray(), Is.EqualTo(new ReadOnlySpan<float>(written, 4).ToArray()));
        }
        finally
        {
            Marshal.FreeCoTaskMem(path);
        }
    }

    [Test]
    public void The_ladspa_sdks_amplifier_describes_its_ports()
    {
        const string Path = "/usr/lib/ladspa/amp.so";
        if (!File.Exists(Path))
        {
            Assert.Ignore($"{Path} is not installed (Debian: ladspa-sdk)");
        }

        LADSPA_Descriptor* amplifier = LadspaLibrary.Open(Path).ladspa_descriptor(0);
        Assert.That(Text(amplifier->Label), Is.EqualTo("amp_mono"));
        Assert.That(amplifier->PortCount, Is.EqualTo(3));
        Assert.That(Text(amplifier->PortNames[0]), Is.EqualTo("Gain"));
        Assert.That(amplifier->PortDescriptors[0], Is.EqualTo(LadspaLibrary.LADSPA_PORT_INPUT | LadspaLibrary.LADSPA_PORT_CONTROL));
        Assert.That(amplifier->PortRangeHints[0].HintDescriptor & LadspaLibrary.LADSPA_HINT_LOGARITHMIC, Is.Not.Zero);
    }

    [Test]
    public void Vulkan_tells_its_version()
    {
        LibVulkan vulkan = Require<LibVulkan>(LibVulkan.TryGet);
        uint version = 0;
        Assert.That(vulkan.vkEnumerateInstanceVersion(&version), Is.EqualTo(VkResult.VK_SUCCESS));
        Assert.That(version >> 22, Is.EqualTo(1));
    }

    private delegate bool TryGet<T>(out T? library, out string reason);

    private static T Require<T>(TryGet<T> tryGet)
    {
        if (!tryGet(out T? library, out string reason))
        {
            Assert.Ignore(reason);
        }

        return library!;
    }

    private static string? Text(byte* text) => Marshal.PtrToStringUTF8((nint)text);

    [UnmanagedCallersOnly(CallConvs = [typeof(System.Runtime.CompilerServices.CallConvCdecl)])]
    private static void Ignore(byte* message)
    {
    }
}
