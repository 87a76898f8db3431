// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Text;
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests;

/// <summary>What a conversation allocates when it goes on as before: a collection of the daemon's heap stops its device thread, so it must not come to one.</summary>
internal sealed class ControlAllocationTests : EngineFixture
{
    private const int Warm = 200;
    private const int Measured = 1000;

    /// <summary>What the device thread is handed for one parameter: it may still look at the last one.</summary>
    private const int BytesOfSetting = 40;

    private readonly ArrayBufferWriter<byte> _output = new(1 << 16);
    private ControlSession _session = null!;

    [SetUp]
    public void SetUpSession()
    {
        Open();
        Chain(Add("tone", ("freq", 440)), Add("gain", ("db", -6)), Add("device_sink"));
        _session = new ControlSession(Engine);
        _session.Handle("""{"cmd":"set","id":2,"args":{"db":-7},"ramp_ms":1}"""u8.ToArray(), _output);
        Device.Pull(256);
    }

    [TearDown]
    public void TearDownSession() => _session.Dispose();

    [TestCase("""{"cmd":"ping","tag":17}""")]
    [TestCase("""{"cmd":"ping","tag":"a-17"}""")]
    [TestCase("""{"cmd":"get","id":1}""")]
    [TestCase("""{"cmd":"get","id":"gain-2"}""")]
    [TestCase("""{"cmd":"list"}""")]
    [TestCase("""{"cmd":"stats"}""")]
    [TestCase("""{"cmd":"clock"}""")]
    [TestCase("""{"cmd":"device"}""")]
    [TestCase("""{"cmd":"describe","type":"gain"}""")]
    public void A_request_that_comes_again_is_answered_without_allocation(string request) => Assert.That(BytesPerRequest(request), Is.Zero);

    [TestCase("""{"cmd":"set","id":2,"args":{"db":-3.5}}""", 1)]
    [TestCase("""{"cmd":"set","id":"tone-1","args":{"freq":220,"db":-12}}""", 2)]
    public void A_setting_costs_what_the_device_thread_is_handed(string request, int parameters) =>
        Assert.That(BytesPerRequest(request), Is.EqualTo(parameters * BytesOfSetting));

    [Test]
    public void A_tag_that_is_new_each_time_costs_nothing()
    {
        byte[][] requests = [.. Enumerable.Range(0, Warm + Measured).Select(i => Encoding.UTF8.GetBytes($$"""{"cmd":"ping","tag":"t{{i}}"}"""))];
        int next = 0;
        Assert.That(AllocatedBy(() => _session.Handle(requests[next++], _output)), Is.Zero);
    }

    [Test]
    public void Events_are_told_without_allocation()
    {
        _session.Handle("""{"cmd":"subscribe","events":["xrun","stats","clock"]}"""u8.ToArray(), _output);
        Engine.Start();
        HashSet<char> kinds = [];
        long allocated = 0;
        long limit = Environment.TickCount64 + 30_000;
        for (int told = 0; (kinds.Count < 3 || told < Warm) && Environment.TickCount64 < limit; Thread.Sleep(1))
        {
            // A period that the device went on without us is told as an xrun.
            Device.DeviceFrame += 64;
            Device.Pull(64);
            while (NextEvent(ref allocated))
            {
                told++;
                kinds.Add((char)_output.WrittenSpan["{\"event\":\"".Length]);
            }
        }

        Assert.That(kinds, Is.EquivalentTo("xsc"), "kinds of events");
        Assert.That(allocated, Is.Zero);
    }

    private bool NextEvent(ref long allocated)
    {
        _output.ResetWrittenCount();
        long before = GC.GetAllocatedBytesForCurrentThread();
        bool hasCome = _session.TryNextEvent(_output);
        allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        return hasCome;
    }

    private long BytesPerRequest(string request)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(request);
        long allocated = AllocatedBy(() => _session.Handle(bytes, _output));
        Assert.That(Encoding.UTF8.GetString(_output.WrittenSpan), Does.StartWith("{\"ok\":true"));
        return allocated / Measured;
    }

    private long AllocatedBy(Action step)
    {
        long before = 0;
        for (int i = 0; i < Warm + Measured; i++)
        {
            before = i == Warm ? GC.GetAllocatedBytesForCurrentThread() : before;
            _output.ResetWrittenCount();
            step();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
