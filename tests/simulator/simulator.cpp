#include "simulator/simulator.hpp"

#include "simulator/amz_date.hpp"
#include "simulator/digest.hpp"
#include "simulator/gzip.hpp"

namespace gls::simulator {

namespace {

Reply reply_of(Operation operation, const Failure& failure, const std::string& request_id,
               NameForm form = NameForm::header) {
    return is_sts(operation) ? xml_reply(failure, request_id) : json_reply(failure, form);
}

void count(CallCounts& calls, bool faulted, const Reply& reply) {
    if (faulted)
        ++calls.faulted;
    else if (reply.status == 429)
        ++calls.throttled;
    else if (reply.status >= 400)
        ++calls.refused;
    else
        ++calls.ok;
}

} // namespace

Reply Simulator::answer(const Request& request) {
    world_.catch_up();
    if (request.path().starts_with("/_simulator/")) return control_.answer(request);
    const auto destination = destination_of(request);
    const auto request_id = new_request_id();
    skew_ = 0;
    const auto operation = destination.operation;
    auto reply = is_streams(operation) || is_sts(operation)
                     ? answer_aws(request, destination, request_id)
                 : operation != Operation::unknown
                     ? answer_metadata(request, destination)
                     : json_reply({404, "UnknownOperationException", "No such operation.", true});
    if (operation == Operation::unknown)
        ++world_.calls[static_cast<std::size_t>(operation)].refused;
    finish(request, reply, request_id);
    return reply;
}

Reply Simulator::answer_metadata(const Request& request, const Destination& destination) {
    const auto fault = world_.faults.draw(destination.operation, false, world_.time.steady());
    auto reply = world_.metadata.answer(request, destination, world_.service_now());
    if (fault) {
        if (const auto failure = failure_of(*fault, "", destination.operation))
            reply = {.status = failure->status, .headers = {{"Content-Type", "text/plain"}}};
        spoil(reply, *fault);
    }
    count(world_.calls[static_cast<std::size_t>(destination.operation)], fault.has_value(), reply);
    return reply;
}

Reply Simulator::answer_aws(const Request& request, const Destination& destination,
                            const std::string& request_id) {
    const auto operation = destination.operation;
    auto& calls = world_.calls[static_cast<std::size_t>(operation)];
    const auto with_token = parameter(request.query(), "NextToken").has_value();
    const auto fault = world_.faults.draw(operation, with_token, world_.time.steady());
    if (fault && fault->kind == FaultKind::clock_skew)
        skew_ = static_cast<Millis>(1000 * fault->seconds.value_or(600));
    const auto now = world_.service_now() + skew_;
    const auto refuse = [&](const Failure& failure, NameForm form = NameForm::header) {
        auto reply = reply_of(operation, failure, request_id, form);
        if (fault) spoil(reply, *fault);
        count(calls, fault.has_value(), reply);
        return reply;
    };

    Caller caller;
    if (operation != Operation::assume_role_with_web_identity) {
        auto checked =
            world_.signatures.check(request, is_sts(operation) ? "sts" : "gameliftstreams", now);
        if (const auto* refused = std::get_if<Refused>(&checked))
            return refuse(is_sts(operation) ? sts_failure(*refused) : streams_failure(*refused));
        caller = std::move(std::get<Caller>(checked));
    }
    if (fault)
        if (const auto failure = failure_of(*fault, caller.arn, operation))
            return refuse(*failure, fault->form);
    if (is_streams(operation) &&
        !world_.limit.admits(std::string{text_of(operation)},
                             caller.account_id + '/' + caller.region, world_.time.steady()))
        return refuse(throttled());

    auto body =
        is_sts(operation)
            ? world_.sts.answer(operation, request.body, &caller, now, request_id)
            : world_.streams.answer(*world_.fleet, {request, destination, caller, now, fault});
    if (!body) return refuse(body.error());
    Reply reply{.status = 200};
    reply.headers.emplace_back("Content-Type", is_sts(operation) ? "text/xml" : "application/json");
    reply.body = std::move(*body);
    if (fault) spoil(reply, *fault);
    count(calls, fault.has_value(), reply);
    return reply;
}

void Simulator::finish(const Request& request, Reply& reply, const std::string& request_id) const {
    reply.headers.emplace_back("x-amzn-RequestId", request_id);
    reply.headers.emplace_back("Date", http_date_of(world_.service_now() + skew_));
    constexpr std::size_t worth_it = 1000;
    if (world_.settings.gzip && reply.body.size() > worth_it &&
        request.header("accept-encoding").find("gzip") != std::string::npos) {
        reply.body = gzipped(reply.body);
        reply.headers.emplace_back("Content-Encoding", "gzip");
    }
}

std::string Simulator::new_request_id() {
    auto high = request_ids_.next();
    auto low = request_ids_.next();
    high = (high & ~0xf000ULL) | 0x4000U;                       // version 4
    low = (low & ~(0x3ULL << 62U)) | (std::uint64_t{2} << 62U); // variant 1
    std::string bytes;
    for (const auto half : {high, low})
        for (unsigned shift = 64; shift > 0; shift -= 8)
            bytes += static_cast<char>((half >> (shift - 8)) & 0xffU);
    auto text = hex_of(bytes);
    for (const auto at : {8U, 13U, 18U, 23U})
        text.insert(at, 1, '-');
    return text;
}

} // namespace gls::simulator
