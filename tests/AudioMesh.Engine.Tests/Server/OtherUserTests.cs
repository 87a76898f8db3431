// SPDX-License-Identifier: MIT
using System.Diagnostics;
using AudioMesh.Control;

namespace AudioMesh.Engine.Tests.Server;

/// <summary>A client of another user, in a process of its own and another language: the mode lets it in, its role says what it may, and its ring comes to it by descriptor.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
internal sealed class OtherUserTests : ServerFixture
{
    private const string Nobody = "65534";

    private const string Program = """
        import array, json, mmap, socket, struct, sys
        s = socket.socket(socket.AF_UNIX)
        try:
            s.connect(sys.argv[1])
        except PermissionError:
            print("refused")
            sys.exit()
        def ask(request, files=()):
            s.sendmsg([(request + "\n").encode()], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))] if files else [])
            data, ancillary, _, _ = s.recvmsg(65536, 1024)
            files = array.array("i")
            for level, kind, content in ancillary:
                files.frombytes(content)
            return json.loads(data), list(files)
        def code(reply):
            return reply[0].get("error", {}).get("code", "ok")
        print(code(ask('{"cmd":"ping"}')), code(ask('{"cmd":"device_close"}')), code(ask('{"cmd":"destroy_node","id":"mix"}')))
        reply, files = ask('{"cmd":"create_node","type":"app_source","args":{"frames":256,"channels":2,"rate":48000}}')
        print(code((reply, files)), reply["ring"]["descriptor"], len(files))
        ring = mmap.mmap(files[0], reply["ring"]["bytes"])
        print(len(ring) == reply["ring"]["bytes"])
        print(code(ask('{"cmd":"connect","from":%d,"to":"mix"}' % reply["id"])))
        ask('{"cmd":"create_node","type":"app_sink","name":"ear"}')
        print(code(ask('{"cmd":"connect","from":"mix","to":"ear"}')), code(ask('{"cmd":"create_node","type":"tap"}')))
        """;

    protected override ControlServerOptions Options => new()
    {
        SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite,
    };

    [SetUp]
    public void OpenTheFolder()
    {
        Assume.That(Me, Is.Zero, "Only root becomes somebody else.");
        File.SetUnixFileMode(Path.GetDirectoryName(SocketPath)!, (UnixFileMode)Convert.ToInt32("755", 8));
    }

    [Test]
    public void It_plays_into_what_is_public_and_touches_and_hears_nothing_else()
    {
        Connect().Ask("""{"cmd":"create_node","type":"mixer","name":"mix","public":true}""");
        Assert.That(RunAsNobody(), Is.EqualTo(new[] { "ok permission_denied permission_denied", "ok True 1", "True", "ok", "permission_denied permission_denied" }));
        Until(() => Engine.GetGraph().Nodes.Count == 1, "its node stays");
    }

    [Test]
    public void The_mode_keeps_it_out()
    {
        File.SetUnixFileMode(SocketPath, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Assert.That(RunAsNobody(), Is.EqualTo(new[] { "refused" }));
    }

    [Test]
    public void Its_group_can_give_it_a_role()
    {
        Server.Update(new ControlServerOptions
        {
            Roles = new ClientRoles { Groups = new Dictionary<uint, ClientRole> { [65534] = ClientRole.Admin }, Others = ClientRole.None },
        });
        Connect().Ask("""{"cmd":"create_node","type":"mixer","name":"mix","public":true}""");
        Assert.That(RunAsNobody()[0], Is.EqualTo("ok ok ok"));
    }

    private string[] RunAsNobody()
    {
        ProcessStartInfo start = new("/usr/bin/env", ["setpriv", "--reuid", Nobody, "--regid", Nobody, "--clear-groups", "/usr/bin/python3", "-c", Program, SocketPath])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        using StreamReader output = process.StandardOutput;
        using StreamReader errors = process.StandardError;
        string[] lines = output.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string complaints = errors.ReadToEnd();
        process.WaitForExit();
        Assume.That(complaints, Does.Not.Contain("No such file"), "there is no setpriv or Python here");
        Assert.That(complaints, Is.Empty);
        return lines;
    }
}
