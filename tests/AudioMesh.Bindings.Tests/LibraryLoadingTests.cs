// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Interop;
using AudioMesh.Interop;
using AudioMesh.Network.Interop;

namespace AudioMesh.Bindings.Tests;

public sealed class LibraryLoadingTests
{
    private static readonly TestCaseData[] Libraries =
    [
        new TestCaseData((Func<string, object>)(path => LibJack.Load(path)), "libjack-jackd2-0").SetArgDisplayNames("LibJack"),
        new TestCaseData((Func<string, object>)(path => LibAsound.Load(path)), "libasound2").SetArgDisplayNames("LibAsound"),
        new TestCaseData((Func<string, object>)(path => LibSndFile.Load(path)), "libsndfile1").SetArgDisplayNames("LibSndFile"),
        new TestCaseData((Func<string, object>)(path => CoreAudioFramework.Load(path)), "macOS").SetArgDisplayNames("CoreAudioFramework"),
        new TestCaseData((Func<string, object>)(path => LibVulkan.Load(path)), "libvulkan1").SetArgDisplayNames("LibVulkan"),
        new TestCaseData((Func<string, object>)(path => LibOpus.Load(path)), "libopus0").SetArgDisplayNames("LibOpus"),
        new TestCaseData((Func<string, object>)(path => LibNats.Load(path)), "libnats").SetArgDisplayNames("LibNats"),
        new TestCaseData((Func<string, object>)(LadspaLibrary.Open), "plug-ins").SetArgDisplayNames("LadspaLibrary"),
        new TestCaseData((Func<string, object>)(LibAudioMesh.Load), "package AudioMesh").SetArgDisplayNames("LibAudioMesh"),
    ];

    [TestCaseSource(nameof(Libraries))]
    public void An_absent_library_is_named_with_what_to_install(Func<string, object> load, string install)
    {
        AudioMeshException e = Assert.Throws<AudioMeshException>(() => load("/nowhere/libabsent.so.9"))!;
        Assert.That(e.Kind, Is.EqualTo(AudioErrorKind.LibraryMissing));
        Assert.That(e.Message, Does.Contain("/nowhere/libabsent.so.9").And.Contains(install));
    }

    [TestCaseSource(nameof(Libraries))]
    public void A_library_that_lacks_a_needed_function_is_named_with_it(Func<string, object> load, string install)
    {
        using StandIn empty = new("int audiomesh_stand_in;\n");
        AudioMeshException e = Assert.Throws<AudioMeshException>(() => load(empty.Path))!;
        Assert.That(e.Kind, Is.EqualTo(AudioErrorKind.LibraryMissing));
        Assert.That(e.Message, Does.Contain(empty.Path).And.Contains("it has no ").And.Contains(install));
    }

    [Test]
    public void Asking_for_a_library_that_is_absent_does_not_throw()
    {
        if (OperatingSystem.IsMacOS())
        {
            Assert.Ignore("CoreAudio is there on macOS");
        }

        Assert.That(CoreAudioFramework.TryGet(out CoreAudioFramework? library, out string reason), Is.False);
        Assert.That(library, Is.Null);
        Assert.That(reason, Does.Contain("CoreAudio.framework"));
        Assert.That(() => CoreAudioFramework.Instance, Throws.TypeOf<AudioMeshException>().With.Message.EqualTo(reason));
    }

    [TestCase("coreaudio")]
    [TestCase("jack")]
    [TestCase("alsa")]
    public unsafe void Optional_functions_may_be_missing(string name)
    {
        AllowList allowList = Repository.Tree.AllowLists(name).Single();
        IEnumerable<string> required = allowList.Functions.Values.SelectMany(names => names).Except(allowList.Optional);
        using StandIn standIn = new(string.Concat(required.Select(function => $"void {function}(void) {{}}\n")));
        switch (name)
        {
            case "coreaudio":
                CoreAudioFramework coreAudio = CoreAudioFramework.Load(standIn.Path);
                Assert.That(coreAudio.AudioDeviceStart != null);
                Assert.That(coreAudio.mach_wait_until == null);
                Assert.That(coreAudio.kCFBooleanTrue == null);
                break;
            case "jack":
                LibJack jack = LibJack.Load(standIn.Path);
                Assert.That(jack.jack_activate != null);
                Assert.That(jack.jack_port_rename == null);
                Assert.That(jack.JACK_METADATA_PRETTY_NAME == null);
                break;
            default:
                LibAsound alsa = LibAsound.Load(standIn.Path);
                Assert.That(alsa.snd_pcm_open != null);
                Assert.That(alsa.snd_pcm_query_chmaps == null);
                break;
        }
    }

    [Test]
    public unsafe void The_server_name_reaches_a_variadic_jack_client_open()
    {
        AllowList allowList = Repository.Tree.AllowLists("jack").Single();
        IEnumerable<string> others = allowList.Functions.Values.SelectMany(names => names).Except(["jack_client_open"]);
        using StandIn standIn = new(
            "#include <stdarg.h>\n" +
            "void *jack_client_open(const char *name, unsigned options, unsigned *status, ...)\n" +
            "{ va_list a; va_start(a, status); void *server = va_arg(a, char *); va_end(a); *status = options; return server; }\n" +
            string.Concat(others.Select(function => $"void {function}(void) {{}}\n")));
        LibJack jack = LibJack.Load(standIn.Path);
        jack_status_t status = 0;
        fixed (byte* server = "server"u8)
        {
            jack_client_t* result = jack.jack_client_open(null, (jack_options_t)4, &status, server);
            Assert.That((nint)result, Is.EqualTo((nint)server));
            Assert.That((uint)status, Is.EqualTo(4));
        }
    }
}
