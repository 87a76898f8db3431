// SPDX-License-Identifier: MIT
using System.Net.Sockets;
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>Where a server listens, and what it does about who was there before.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class ListeningTests : ServerFixture
{
    [Test]
    public void The_socket_is_for_its_owner_and_group() => Assert.That(
        File.GetUnixFileMode(SocketPath),
        Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite));

    [Test]
    public async Task Mode_and_group_are_as_asked_for()
    {
        string path = FileNamed("private.sock");
        ControlServerOptions options = new() { SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite, SocketGroup = "0" };
        Assume.That(Me, Is.Zero, "Only root gives files to any group.");
        await using ControlServer server = new(Engine, path, options);
        Assert.That(File.GetUnixFileMode(path), Is.EqualTo(options.SocketMode));
    }

    [Test]
    public void An_unknown_group_is_named_and_nothing_is_left()
    {
        string path = FileNamed("group.sock");
        AudioMeshException error = Refused(path, new ControlServerOptions { SocketGroup = "no such group" });
        Assert.That((error.Kind, error.Message), Is.EqualTo((AudioErrorKind.NotFound, "There is no group 'no such group'.")));
        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void A_second_server_at_a_path_is_refused_and_the_first_goes_on()
    {
        Assert.That(Refused(SocketPath).Kind, Is.EqualTo(AudioErrorKind.DeviceBusy));
        Assert.That(Connect().Ask("""{"cmd":"ping"}""").GetProperty("ok").GetBoolean());
    }

    [Test]
    public async Task Of_two_servers_that_start_at_once_one_listens()
    {
        for (int round = 0; round < 20; round++)
        {
            string path = FileNamed("race.sock");
            LeaveBehind(path);
            ControlServer?[] servers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Task.Run(() => TryListen(path))));
            Assert.That(servers.Count(server => server is not null), Is.EqualTo(1));
            using (RawClient client = new(path))
            {
                Assert.That(client.Ask("""{"cmd":"ping"}""").GetProperty("ok").GetBoolean());
            }

            await servers.First(server => server is not null)!.DisposeAsync();
            Assert.That(File.Exists(path), Is.False);
        }
    }

    [Test]
    public async Task A_socket_a_dead_server_left_is_replaced()
    {
        string path = FileNamed("stale.sock");
        LeaveBehind(path);
        await using ControlServer server = new(Engine, path);
        using RawClient client = new(path);
        Assert.That(client.Ask("""{"cmd":"ping"}""").GetProperty("ok").GetBoolean());
    }

    [Test]
    public void A_file_that_is_no_socket_is_left_alone()
    {
        string path = FileNamed("letter.txt");
        File.WriteAllText(path, "dear");
        Assert.That(Refused(path).Kind, Is.EqualTo(AudioErrorKind.InvalidArgument));
        Assert.That(File.ReadAllText(path), Is.EqualTo("dear"));
    }

    [Test]
    public void A_path_nobody_can_listen_at_is_a_named_error()
    {
        Assert.That(Refused(FileNamed("no/such/folder/x.sock")).Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        Assert.That(Refused(FileNamed(new string('x', 200))).Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
    }

    [Test]
    public async Task A_listening_descriptor_that_was_handed_over_serves_and_keeps_its_file()
    {
        string path = FileNamed("activated.sock");
        using Socket listening = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listening.Bind(new UnixDomainSocketEndPoint(path));
        listening.Listen(8);
        using RawClient early = new(path);
        early.Send("""{"cmd":"ping","tag":"early"}""" + "\n");
        await using (ControlServer server = new(Engine, path, new ControlServerOptions { Listener = listening.SafeHandle }))
        {
            Assert.That(early.ReadReply().GetProperty("tag").GetString(), Is.EqualTo("early"));
        }

        Assert.That(File.Exists(path));
    }

    [Test]
    public async Task A_server_that_ends_ends_its_clients_and_frees_their_nodes()
    {
        RawClient client = Connect();
        client.Ask("""{"cmd":"create_node","type":"tone"}""");
        await Server.DisposeAsync();
        Assert.That(client.ReadLine(), Is.Null);
        Assert.That(Engine.GetGraph().Nodes, Is.Empty);
        Assert.That(File.Exists(SocketPath), Is.False);
    }

    [Test]
    public void The_daemons_socket_is_named_by_the_environment()
    {
        string? before = Environment.GetEnvironmentVariable(ControlSocketPath.Variable);
        try
        {
            Environment.SetEnvironmentVariable(ControlSocketPath.Variable, SocketPath);
            Assert.That((ControlSocketPath.Find(), ControlSocketPath.Choose()), Is.EqualTo((SocketPath, SocketPath)));
        }
        finally
        {
            Environment.SetEnvironmentVariable(ControlSocketPath.Variable, before);
        }
    }

    private static void LeaveBehind(string path)
    {
        using Socket dead = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        dead.Bind(new UnixDomainSocketEndPoint(path));
        dead.Listen(1);

        // .NET removes the file of a socket that it closes; a dead process does not.
        File.Move(path, path + ".kept");
        dead.Close();
        File.Move(path + ".kept", path);
    }

    private ControlServer? TryListen(string path)
    {
        try
        {
            return new ControlServer(Engine, path);
        }
        catch (AudioMeshException error) when (error.Kind == AudioErrorKind.DeviceBusy)
        {
            return null;
        }
    }

    private AudioMeshException Refused(string path, ControlServerOptions? options = null) =>
        Assert.Throws<AudioMeshException>(() => _ = new ControlServer(Engine, path, options))!;
}
