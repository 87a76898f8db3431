// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text.Json;
using AudioMesh.Testing;

namespace AudioMesh.Cli.Tests;

/// <summary><c>key</c>, <c>send</c>, <c>receive</c> and <c>time</c>, as processes on loopback.</summary>
[UnsupportedOSPlatform("windows")]
[Platform("Linux,MacOsX")]
internal sealed class SessionTests
{
    private const string Ready = "\"event\":\"started\"";

    [Test]
    public void A_key_is_32_bytes_for_its_owner_and_is_never_replaced()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("jam.key");
        Assert.That(Cli.Run("key", "new", path).ExitCode, Is.Zero);
        byte[] key = File.ReadAllBytes(path);
        Assert.That(key, Has.Length.EqualTo(32));
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        CliResult again = Cli.Run("key", "new", path);
        Assert.That(again.ExitCode, Is.EqualTo(1), again.All);
        Assert.That(again.Error, Does.Contain(path).And.Contain("never replaced"));
        Assert.That(File.ReadAllBytes(path), Is.EqualTo(key));
    }

    [Test]
    public void What_one_process_sends_another_receives_and_a_third_sees_their_time()
    {
        using TemporaryFolder folder = new();
        string key = Key(folder, "jam.key");
        string heard = folder.PathOf("heard.wav");
        string at = FreeAddress();
        using CliProcess send = Cli.StartUntil(
            Ready, "send", Sounds.Recording, "--loop", "--name", "anna", "--listen", at, "--key-file", key, "--redundancy", "repeat:1", "--encoding", "s16", "--json");
        CliResult received = Cli.Run(
            "receive", "--from", "anna/main", "--name", "bert", "--listen", "127.0.0.1:0", "--to", at, "--key-file", key, "--depth", "5..100", "--output", heard, "--seconds", "6", "--json");
        JsonElement finished = Cli.Lines(received)[^1];
        Assert.That(received.ExitCode, Is.Zero, received.All);
        Assert.That(finished.GetProperty("packets").GetInt64(), Is.GreaterThan(500), received.All);
        string?[] hops = [.. finished.GetProperty("latency").EnumerateArray().Select(hop => hop.GetProperty("hop").GetString())];
        Assert.That(hops, Is.EqualTo(new[] { "network", "jitter_buffer", "resampler", "period", "device" }));
        Assert.That(Sounds.ReadAll(heard).Count(sample => sample != 0), Is.GreaterThan(48_000));

        CliResult time = Cli.Run("time", "--name", "clara", "--listen", "127.0.0.1:0", "--to", at, "--key-file", key, "--json");
        JsonElement look = Cli.Lines(time).Single();
        Assert.That(look.GetProperty("members")[0].GetProperty("name").GetString(), Is.EqualTo("anna"), time.All);
        JsonElement peer = look.GetProperty("time").GetProperty("peers")[0];
        Assert.That(peer.GetProperty("measured").GetBoolean(), Is.True, time.All);
        Assert.That(Math.Abs(peer.GetProperty("offset_ns").GetDouble()), Is.LessThanOrEqualTo(1000 * peer.GetProperty("bound_us").GetDouble()), "One machine has one clock.");

        CliResult ended = send.End("TERM");
        Assert.That(ended.ExitCode, Is.Zero, ended.All);
        Assert.That(Cli.Lines(ended)[^1].GetProperty("end").GetString(), Is.EqualTo("interrupted"));
    }

    [Test]
    public void Another_key_hears_nothing()
    {
        using TemporaryFolder folder = new();
        string at = FreeAddress();
        using CliProcess send = Cli.StartUntil(Ready, "send", Sounds.Recording, "--loop", "--listen", at, "--key-file", Key(folder, "a.key"), "--json");
        CliResult received = Cli.Run(
            "receive", "--listen", "127.0.0.1:0", "--to", at, "--key-file", Key(folder, "b.key"), "--backend", "null", "--seconds", "2", "--json");
        JsonElement finished = Cli.Lines(received)[^1];
        Assert.That((finished.GetProperty("packets").GetInt64(), finished.GetProperty("peers").GetInt64()), Is.EqualTo((0L, 0L)), received.All);
    }

    [Test]
    public void A_sender_that_is_killed_is_silent_and_the_receiver_goes_on()
    {
        using TemporaryFolder folder = new();
        string key = Key(folder, "jam.key");
        string at = FreeAddress();
        using CliProcess send = Cli.StartUntil(Ready, "send", Sounds.Recording, "--loop", "--name", "anna", "--listen", at, "--key-file", key, "--json");
        using CliProcess receive = Cli.StartUntil(
            "stream_playing", "receive", "--listen", "127.0.0.1:0", "--to", at, "--key-file", key, "--backend", "null", "--json");
        send.End("KILL");
        Thread.Sleep(2000);
        CliResult received = receive.End("TERM");
        Assert.That(received.ExitCode, Is.Zero, received.All);
        Assert.That(received.Output, Does.Contain("stream_outage").And.Contain("anna/main is silent"));
    }

    [Test]
    public void A_port_in_use_is_an_error_that_names_it()
    {
        using TemporaryFolder folder = new();
        using Socket other = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        other.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string at = other.LocalEndPoint!.ToString()!;
        foreach (string[] command in (string[][])[["receive", "--backend", "null"], ["send", Sounds.Recording], ["time"]])
        {
            CliResult result = Cli.Run([.. command, "--listen", at, "--key-file", Key(folder, $"{command[0]}.key")]);
            Assert.That(result.ExitCode, Is.EqualTo(1), result.All);
            Assert.That(result.Error, Does.StartWith("audiomesh: ").And.Contain(at));
        }
    }

    [Test]
    public void A_key_file_that_others_may_read_or_that_is_not_there_is_refused()
    {
        using TemporaryFolder folder = new();
        string open = Key(folder, "open.key");
        File.SetUnixFileMode(open, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        CliResult refused = Cli.Run("receive", "--listen", "127.0.0.1:0", "--key-file", open, "--backend", "null", "--seconds", "1");
        Assert.That((refused.ExitCode, refused.Error), Is.EqualTo((1, $"audiomesh: Others than its owner may use the key file {open}: chmod 600 it.\n")));
        CliResult missing = Cli.Run("time", "--listen", "127.0.0.1:0", "--key-file", folder.PathOf("none.key"));
        Assert.That(missing.ExitCode, Is.EqualTo(1), missing.All);
        Assert.That(missing.Error, Does.Contain("none.key"));
    }

    private static string Key(TemporaryFolder folder, string name)
    {
        string path = folder.PathOf(name);
        Assert.That(Cli.Run("key", "new", path).ExitCode, Is.Zero);
        return path;
    }

    private static string FreeAddress()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint!.ToString()!;
    }
}
