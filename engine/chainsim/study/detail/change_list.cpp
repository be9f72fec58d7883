#include <chainsim/study/detail/change_list.hpp>

#include <algorithm>

namespace chainsim::study::detail {

namespace {

/// Names of so many changes that count as one are written out; of more, the sort and the count.
constexpr std::size_t most_names = 3;

void append(model::Name& text, const model::Name& more) {
    if (text.zh.empty()) {
        text = more;
        return;
    }
    text.zh += table::say("and_also", table::Language::zh);
    text.zh += more.zh;
    text.en += table::say("and_also", table::Language::en);
    text.en += more.en;
}

} // namespace

model::Name from_to(const model::Name& from, const model::Name& to) {
    return {from.zh + " → " + to.zh, from.en + " -> " + to.en};
}

std::size_t ChangeList::at(ChangeKind kind, const std::string& id, const model::Name& name) {
    const auto [place, added] = places_.try_emplace({kind, id}, changes_.size());
    if (added) {
        joined_to_.push_back(changes_.size());
        aspects_.emplace_back();
        changes_.push_back({kind, std::string(to_string(kind)) + ":" + id, name, {}, false, false});
    }
    return place->second;
}

void ChangeList::tell(std::size_t change, const model::Name& detail, const std::string& aspect) {
    append(changes_[change].detail, detail);
    aspects_[change] += aspect;
}

std::size_t ChangeList::head(std::size_t change) const {
    while (joined_to_[change] != change) {
        change = joined_to_[change];
    }
    return change;
}

void ChangeList::unite(std::size_t one, std::size_t other) {
    const std::size_t a = head(one);
    const std::size_t b = head(other);
    joined_to_[std::max(a, b)] = std::min(a, b);
}

void ChangeList::group(std::size_t most) {
    const auto moving = static_cast<std::size_t>(
        std::count_if(changes_.begin(), changes_.end(), [](const auto& one) { return one.moves; }));
    if (moving <= most) {
        return;
    }
    std::map<std::pair<ChangeKind, std::string>, std::vector<std::size_t>> sorts;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        if (changes_[i].moves && changes_[i].kind != ChangeKind::project) {
            sorts[{changes_[i].kind, aspects_[i]}].push_back(i);
        }
    }
    for (const auto& [sort, members] : sorts) {
        if (members.size() > most_names) {
            for (const auto member : members) {
                unite(members.front(), member);
            }
        }
    }
}

ChangeList::Finished ChangeList::finish() const {
    Finished out;
    std::map<std::size_t, std::vector<std::size_t>> members; // by head
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        members[head(i)].push_back(i);
    }
    out.place.resize(changes_.size());
    for (const auto& [first, all] : members) {
        InputChange one = changes_[first];
        for (const auto member : all) {
            out.place[member] = out.changes.size();
            if (member == first) {
                continue;
            }
            const auto& other = changes_[member];
            one.id += "+" + other.id;
            one.moves = one.moves || other.moves;
            one.spends = one.spends || other.spends;
            if (all.size() <= most_names) {
                append(one.name, other.name);
                append(one.detail, other.detail);
            }
        }
        if (all.size() > most_names) {
            one.name = in_both("change_group", "{}", all.size());
            one.name.zh = fmt::format(fmt::runtime(one.name.zh), changes_[first].name.zh);
            one.name.en = fmt::format(fmt::runtime(one.name.en), changes_[first].name.en);
        }
        out.changes.push_back(std::move(one));
    }
    for (const auto& [key, number] : places_) {
        out.records.emplace(key, out.place[number]);
    }
    return out;
}

} // namespace chainsim::study::detail
