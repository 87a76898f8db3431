// SPDX-License-Identifier: MIT
using System.Net;
using System.Net.Sockets;
using AudioMesh.Network.Stems;
using AudioMesh.Network.Wire;

namespace AudioMesh.Network.Tests.Stems;

/// <summary>What others than hosts of the session, and hosts that lie, come to with takes.</summary>
public sealed class TakeForgeryTests
{
    // A hello of 12 bytes, {"takes":1} and its kind, between length and tag.
    private const int HelloBytes = 4 + 12 + 16;

    [Test]
    public async Task Another_key_sees_and_shows_nothing()
    {
        using TakeShare share = new();
        share.Record("song");
        SessionKey other = SessionKey.FromSecret(new byte[32], "jam");
        Assert.That((await Assert.ThrowsAsync<AudioMeshException>(() => TakeClient.ConnectAsync(share.Server.LocalEndPoint, other)))!.Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));
        SessionKey otherSession = SessionKey.FromSecret(RawTakeLink.Secret, "another jam");
        Assert.That((await Assert.ThrowsAsync<AudioMeshException>(() => TakeClient.ConnectAsync(share.Server.LocalEndPoint, otherSession)))!.Kind, Is.EqualTo(AudioErrorKind.PermissionDenied));

        using TakeRelay relay = new(share.Server.LocalEndPoint);
        await share.FetchAsync(relay.LocalEndPoint);
        Assert.That(Talk(share.Server.LocalEndPoint, [.. relay.Heard]), Is.EqualTo(40 + HelloBytes), "what was overheard says nothing in another connection");
        Assert.That(Talk(share.Server.LocalEndPoint, "GET / HTTP/1.1\r\nHost: anna\r\nConnection: close\r\n\r\n"u8.ToArray()), Is.EqualTo(40));
        Assert.That((await share.ListAsync()).Count, Is.EqualTo(1));
    }

    [TestCase("../secret")]
    [TestCase("monday/../../secret")]
    [TestCase("/etc/passwd")]
    [TestCase("song/")]
    [TestCase(".hidden")]
    [TestCase("..\\\\secret")]
    [TestCase("a\\u0000b")]
    [TestCase("\\ud800")]
    public void A_place_that_leads_elsewhere_is_no_request(string place)
    {
        using TakeShare share = new();
        share.Record("song");
        using RawTakeLink link = RawTakeLink.Connect(share.Server.LocalEndPoint);
        Assert.That(link.Receive()!.Value.Kind, Is.EqualTo(RawTakeLink.Hello));
        link.Send(RawTakeLink.Request, $$"""{"get":"sidecar","place":"{{place}}","from":0,"sha256":""}""");
        Assert.That(link.Receive(), Is.Null, "it is hung up on");
    }

    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("{\"get\":\"all\"}")]
    [TestCase("{\"get\":\"sound\",\"place\":\"song\",\"from\":-1,\"sha256\":\"\"}")]
    [TestCase("{\"get\":\"sound\",\"place\":\"song\",\"from\":1e308,\"sha256\":\"\"}")]
    [TestCase("{\"get\":\"sound\",\"place\":\"song\",\"from\":1}")]
    public void A_request_that_makes_no_sense_is_hung_up_on(string request)
    {
        using TakeShare share = new();
        share.Record("song");
        using RawTakeLink link = RawTakeLink.Connect(share.Server.LocalEndPoint);
        link.Receive();
        link.Send(RawTakeLink.Request, request);
        Assert.That(link.Receive(), Is.Null);
    }

    [Test]
    public void A_take_that_is_not_there_is_told()
    {
        using TakeShare share = new();
        share.Record("song");
        File.WriteAllText(share.PathOf("secret.json"), "secret");
        using RawTakeLink link = RawTakeLink.Connect(share.Server.LocalEndPoint);
        link.Receive();
        foreach (string place in (string[])["gong", "secret", "secret.json", "song.wav", "SONG"])
        {
            link.Send(RawTakeLink.Request, $$"""{"get":"sound","place":"{{place}}","from":0,"sha256":""}""");
            (byte kind, byte[] content) = link.Receive()!.Value;
            Assert.That(kind, Is.EqualTo(RawTakeLink.Refusal));
            Assert.That(System.Text.Encoding.UTF8.GetString(content), Does.Contain("not_found"));
        }
    }

    [Test]
    public async Task A_server_that_lies_makes_nothing_here()
    {
        using TakeShare share = new();
        share.Record("song");
        string sidecar = File.ReadAllText(share.PathOf("song.take.json"));
        byte[] sound = File.ReadAllBytes(share.PathOf("song.wav"));
        TakeOffer offer = (await share.ListAsync()).Single();
        Assert.That(await LieAsync("""{"place":"../song","name":"","host":"","rate":4000,"channels":1,"frames":1,"mesh_ns":0,"mesh":"0","sound_bytes":1,"sidecar_bytes":1}"""), Does.Contain("no take's place"));
        Assert.That(await LieAsync("""{"place":"song","name":"","host":"","rate":4000,"channels":1,"frames":1,"mesh_ns":1e308,"mesh":"0","sound_bytes":1,"sidecar_bytes":1}"""), Does.Contain("mesh_ns"));
        Assert.That(await LieAsync("""{"place":"song"}"""), Does.Contain("name"));
        Assert.That(await LieAsync("""[[[[[[]]]]]]"""), Does.Contain("no JSON"));
        foreach ((string lie, byte[] bytes) in ((string, byte[])[])[("more than", [.. sound, 0]), ("its hash", [.. sound.Reverse()])])
        {
            Assert.That(await LieInFilesAsync(link => Answer(link, sidecar, bytes, sound.Length), offer), Does.Contain(lie));
        }

        Assert.That(await LieInFilesAsync(link => Answer(link, sidecar.Replace("song.wav", "../song.wav", StringComparison.Ordinal), sound, sound.Length), offer with { SidecarBytes = offer.SidecarBytes + 3 }), Does.Contain("no name in its own folder"));
        Assert.That(await LieInFilesAsync(link => Answer(link, sidecar.Replace("song.wav", "gong.wav", StringComparison.Ordinal), sound, sound.Length), offer), Does.Contain("not named as it is"));
        Assert.That(Directory.GetFiles(share.Here, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".part", StringComparison.Ordinal)), Is.Empty);

        Task<string> LieInFilesAsync(Action<RawTakeLink> lie, TakeOffer take) => FailureAsync(lie, client => client.FetchAsync(take, share.Here));
    }

    /// <summary>Says something to a server, and counts what it says until it hangs up.</summary>
    private static int Talk(IPEndPoint to, byte[] bytes)
    {
        using Socket socket = RawTakeLink.Open(to);
        socket.Send(bytes);
        byte[] answer = new byte[100_000];
        int count = 0;
        try
        {
            for (int length; (length = socket.Receive(answer, count, answer.Length - count, SocketFlags.None)) > 0;)
            {
                count += length;
            }
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // It hung up with something unread.
        }

        return count;
    }

    private static Task<string> LieAsync(string offer) => FailureAsync(link =>
    {
        link.Receive();
        link.Send(RawTakeLink.Offer, offer);
    }, client => client.ListAsync());

    private static void Answer(RawTakeLink link, string sidecar, byte[] sound, int soundBytes)
    {
        byte[] text = System.Text.Encoding.UTF8.GetBytes(sidecar);
        link.Receive();
        link.Send(RawTakeLink.Begin, $$"""{"bytes":{{text.Length}},"from":0}""");
        link.Send(RawTakeLink.Data, text);
        link.Send(RawTakeLink.End, System.Security.Cryptography.SHA256.HashData(text));
        if (link.Receive() is null)
        {
            return;
        }

        link.Send(RawTakeLink.Begin, $$"""{"bytes":{{soundBytes}},"from":0}""");
        foreach (byte[] block in sound.Chunk(60_000))
        {
            link.Send(RawTakeLink.Data, block);
        }

        link.Send(RawTakeLink.End, new byte[32]);
    }

    private static async Task<string> FailureAsync(Action<RawTakeLink> server, Func<TakeClient, Task> call)
    {
        using Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        Task serving = Task.Run(() =>
        {
            try
            {
                using RawTakeLink link = new(listener.Accept(), isServer: true);
                link.Send(RawTakeLink.Hello, """{"takes":1}""");
                server(link);
                link.Receive();
            }
            catch (IOException)
            {
                // The client has seen through it.
            }
        });
        using TakeClient client = await TakeClient.ConnectAsync((IPEndPoint)listener.LocalEndPoint!, RawTakeLink.Key);
        string message = (await Assert.ThrowsAsync<AudioMeshException>(() => call(client)))!.Message;
        client.Dispose();
        await serving;
        return message;
    }
}
