using MarketBot.Application.Administration;
using MarketBot.Application.Common;
using NSubstitute;

namespace MarketBot.Tests.Unit.Application.Administration;

public class DeliveryTests
{
    private static readonly InboxEntry Dead = new(7, 70, 1001, true, DateTime.UnixEpoch, 4, "broken");
    private readonly World _world = new World().CallerIsOperator();

    [Fact]
    public async Task What_is_not_done_is_listed_and_shown()
    {
        _world.InboxAdministration.List(0, 10, World.Ct).Returns([Dead]);
        _world.InboxAdministration.Find(7, World.Ct).Returns((Dead, new byte[] { 1 }));
        _world.OutboxAdministration.List(0, 10, World.Ct).Returns([]);

        var listed = await _world.Send(new ListInbox(0, 10));
        var shown = await _world.Send(new ShowUpdate(7));
        var messages = await _world.Send(new ListOutbox(0, 10));

        Assert.Equal([Dead], listed.Value);
        Assert.Equal(Dead, shown.Value.Entry);
        Assert.Empty(messages.Value);
    }

    [Fact]
    public async Task A_dead_letter_is_replayed_with_a_word_about_newer_ones()
    {
        _world.InboxAdministration.Replay(7, World.Ct).Returns(2);

        var newer = await _world.Send(new ReplayUpdate(7));

        Assert.Equal(2, newer.Value);
        _world.Audit.Received(1).Record(Arg.Is<Change>(c => c.Action == "ReplayUpdate"));
        await _world.IsCommitted();
    }

    [Fact]
    public async Task Updates_and_messages_are_dropped_and_retried()
    {
        _world.InboxAdministration.Drop(7, World.Ct).Returns(true);
        _world.OutboxAdministration.Drop(8, World.Ct).Returns(true);
        _world.OutboxAdministration.Retry(9, World.Ct).Returns(true);

        var update = await _world.Send(new DropUpdate(7));
        var message = await _world.Send(new DropMessage(8));
        var retried = await _world.Send(new RetryMessage(9));

        Assert.All([update, message, retried], result => Assert.Null(result.Refusal));
        _world.Audit.ReceivedWithAnyArgs(3).Record(default!);
    }

    [Fact]
    public async Task What_does_not_exist_is_refused()
    {
        var shown = await _world.Send(new ShowUpdate(1));
        var replayed = await _world.Send(new ReplayUpdate(1));
        var dropped = await _world.Send(new DropUpdate(1));
        var retried = await _world.Send(new RetryMessage(1));
        var removed = await _world.Send(new DropMessage(1));

        Assert.All([shown.Refusal, replayed.Refusal, dropped.Refusal], refusal => Assert.Equal(DeliveryRefusals.NoSuchUpdate, refusal));
        Assert.All([retried.Refusal, removed.Refusal], refusal => Assert.Equal(DeliveryRefusals.NoSuchMessage, refusal));
        _world.Audit.DidNotReceiveWithAnyArgs().Record(default!);
    }
}
