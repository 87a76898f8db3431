// SPDX-License-Identifier: MIT
using AudioMesh.Backends.Jack;

namespace AudioMesh.Backends.Tests.Jack;

[TestFixture]
internal sealed class JackBackendConformance : BackendConformance
{
    private const string DefaultServer = "JACK_DEFAULT_SERVER";
    private string? _userDefault;
    private JackServer? _server;

    protected override string MissingDevice => "no-such-server";

    protected override int? RefusedRate => 44_100;

    [OneTimeSetUp]
    public void StartServer()
    {
        _userDefault = Environment.GetEnvironmentVariable(DefaultServer);
        _server = new JackServer();
        Environment.SetEnvironmentVariable(DefaultServer, _server.Name);
    }

    [OneTimeTearDown]
    public void EndServer()
    {
        Environment.SetEnvironmentVariable(DefaultServer, _userDefault);
        _server?.Dispose();
    }

    protected override IAudioOutputBackend Create() => new JackBackend();

    protected override StreamRequest Request() => new() { Device = _server!.Name, ClientName = "amtest" };

    protected override IOutputCapture Capture(IAudioOutputBackend open)
    {
        open.Start();
        open.Stop();
        return new JackCapture(open.Stream!);
    }
}
